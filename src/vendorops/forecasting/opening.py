"""What is there to pay from: confirmed funds, or what the bank told last."""

from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books, balance
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.domain.money import Money
from vendorops.paying.funding import funds, must_be_funded
from vendorops.paying.statement_gaps import proven
from vendorops.tables import BankAccount, LedgerAccount, LegalEntity


@dataclass(frozen=True)
class Opening:
    """What one of our companies has in one currency, less what was sent and is not booked."""

    there: Money
    finding: str = ""


def opening_of(books: Books, entity: LegalEntity) -> list[Opening]:
    """Return what a company may pay from, by currency.

    Where it pays only from confirmed funds, what is left of them; otherwise the closing balance
    of the newest statement of each account, less what was sent since.
    """
    accounts = _accounts(books, entity)
    currencies = sorted({entity.currency, *(account.currency for account in accounts)})
    if must_be_funded(books, entity.id):
        return [Opening(funds(books, entity, each).confirmed) for each in currencies]
    return [_at_banks(books, entity, accounts, currency) for currency in currencies]


def _accounts(books: Books, entity: LegalEntity) -> list[BankAccount]:
    query = select(BankAccount).where(
        col(BankAccount.party_id) == entity.party_id,
        col(BankAccount.status) == BankAccountStatus.ACTIVE,
    )
    return list(books.session.exec(query.order_by(col(BankAccount.reference))))


def _at_banks(
    books: Books, entity: LegalEntity, accounts: list[BankAccount], currency: str
) -> Opening:
    minor, untold = 0, []
    for account in accounts:
        if account.currency != currency:
            continue
        told = proven(books, account)
        minor += (told[-1].closing_minor or 0) if told else 0
        untold += [] if told else [account.reference]
    there = Money(minor, currency) - _on_its_way(books, entity, currency)
    if not untold:
        return Opening(there)
    return Opening(
        there, f"no statement tells what stands on {', '.join(untold)}: taken as nothing"
    )


def _on_its_way(books: Books, entity: LegalEntity, currency: str) -> Money:
    """Return what was sent and the bank has not booked."""
    query = select(LedgerAccount).where(
        col(LedgerAccount.code) == f"bank-clearing/{entity.code}",
        col(LedgerAccount.currency) == currency,
    )
    clearing = books.session.exec(query).one_or_none()
    return balance(books, clearing) if clearing else Money(0, currency)
