"""Writes down what a line of a bank is: payments that were booked or came back, and charges."""

from dataclasses import dataclass

from vendorops.books import Books
from vendorops.books.part_returns import settlement_of
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import BankEntryStatus
from vendorops.domain.money import Money
from vendorops.paying.bank_answers import Told, booked, charged, returned, returned_in_part
from vendorops.stages.bank_statements.finding import without_charges
from vendorops.tables import (
    BankAccount,
    BankCharge,
    BankEntry,
    BankMatch,
    BankStatement,
    Decision,
    PartReturn,
    Payment,
)


@dataclass(frozen=True)
class Said:
    """What is known of a line besides its payments."""

    charge_minor: int = 0
    """What of it the bank took for itself."""
    decision: Decision | None = None
    """By which a person said so, where the bank's own words did not."""


def match(books: Books, entry: BankEntry, payments: tuple[Payment, ...], said: Said) -> None:
    """Write down that payments were booked or came back whole by a line, and what was charged."""
    kind = "booked" if entry.direction == "debit" else "returned"
    for payment in payments:
        enter_match(books, entry, payment, kind, said.decision)
        told = Told(entry.reference, entry.reason)
        (booked if kind == "booked" else returned)(books, payment, told)
    names = ", ".join(payment.reference for payment in payments[:5])
    more = f" and {len(payments) - 5} more" if len(payments) > 5 else ""  # noqa: PLR2004 - as named above.
    _explained(books, entry, f"{kind}: {names or 'nothing'}{more}", said)


def match_part(
    books: Books, entry: BankEntry, payment: Payment, decision: Decision, charge_minor: int
) -> None:
    """Write down that only a part of a payment came back by a line, and is owed anew."""
    row = PartReturn(
        id=books.key(),
        reference=books.reference("PRT"),
        bank_entry_id=entry.id,
        payment_id=payment.id,
        settlement_id=settlement_of(books, payment).id,
        amount_minor=without_charges(entry, charge_minor),
        currency=entry.currency,
        decision_id=decision.id,
    )
    books.enter(row, because=f"part of {payment.reference} came back, says {entry.reference}")
    returned_in_part(books, payment, row, Told(entry.reference, entry.reason))
    amount = Money(row.amount_minor, row.currency)
    what = f"returned: {row.reference}, {amount} of {payment.reference}"
    _explained(books, entry, what, Said(charge_minor, decision))


def enter_match(
    books: Books, entry: BankEntry, payment: Payment, kind: str, decision: Decision | None
) -> None:
    """Enter that a line is what became of a payment."""
    row = BankMatch(
        id=books.key(),
        bank_entry_id=entry.id,
        payment_id=payment.id,
        kind=kind,
        amount_minor=payment.amount_minor,
        decision_id=decision.id if decision else None,
    )
    books.enter(row, because=f"{payment.reference} was {kind}, says {entry.reference}")


def _explained(books: Books, entry: BankEntry, what: str, said: Said) -> None:
    """Close a line, book what was charged with it, and take its questions back."""
    if said.charge_minor:
        _enter_charge(books, entry, said)
        what = f"{what} and {Money(said.charge_minor, entry.currency)} of charges"
    if said.decision:
        what = f"{what}, says {said.decision.answered_by} in {said.decision.reference}"
    event = books.move(entry, BankEntryStatus.MATCHED, because=what)
    if said.charge_minor:
        statement = books.get(BankStatement, entry.bank_statement_id)
        charged(books, entry, books.get(BankAccount, statement.bank_account_id), event)
    withdraw(books, entry, f"{entry.reference} is explained")


def _enter_charge(books: Books, entry: BankEntry, said: Said) -> None:
    row = BankCharge(
        id=books.key(),
        bank_entry_id=entry.id,
        amount_minor=said.charge_minor,
        decision_id=said.decision.id if said.decision else None,
    )
    books.enter(row, because=f"charges of the bank, says {entry.reference}")
