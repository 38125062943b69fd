"""Which statements of an account there are, and where one is missing between two."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.tables import BankAccount, BankStatement


@dataclass(frozen=True)
class Gap:
    """Two statements that follow each other and do not fit."""

    before: BankStatement
    after: BankStatement

    @property
    def why(self) -> str:
        """What is missing, for people."""
        currency = self.before.currency
        closes = Money(self.before.closing_minor or 0, currency)
        opens = Money(self.after.opening_minor or 0, currency)
        return (
            f"{self.before.reference} closes with {closes} on {self.before.closing_on} and "
            f"{self.after.reference} opens with {opens}: take the statements between them"
        )


def proven(books: Books, account: BankAccount) -> list[BankStatement]:
    """Return the statements of an account that tell both balances, in the order of their days."""
    query = select(BankStatement).where(
        col(BankStatement.bank_account_id) == account.id,
        col(BankStatement.kind) == "statement",
        col(BankStatement.opening_minor).is_not(None),
        col(BankStatement.closing_minor).is_not(None),
    )
    return sorted(books.session.exec(query), key=_order)


def gaps(books: Books, account: BankAccount) -> list[Gap]:
    """Return where a statement of an account is missing, as its balances tell."""
    return [
        Gap(before, after)
        for before, after in pairwise(proven(books, account))
        if before.closing_minor != after.opening_minor
    ]


def covered_to(books: Books, account: BankAccount) -> date | None:
    """Return the last day of which the bank told what stood on an account."""
    rows = proven(books, account)
    return rows[-1].closing_on if rows else None


def _order(row: BankStatement) -> tuple[date, int, int]:
    sequence = int(row.sequence) if row.sequence.isdigit() else 0
    return row.closing_on or date.min, sequence, row.id
