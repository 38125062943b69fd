"""Finds what is to be paid, from which account to which, and why the rest is not."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.paying.accounts.active import active_account
from vendorops.paying.accounts.first_payments import is_tried, on_trial
from vendorops.paying.accounts.pausing import paused
from vendorops.paying.batches import is_planned
from vendorops.paying.channels import unsayable
from vendorops.paying.confirming import unconfirmed
from vendorops.paying.holding import held_in
from vendorops.paying.overtaken import other_law
from vendorops.paying.parts_owed import unpaid_parts
from vendorops.paying.paying_again import failed_before
from vendorops.paying.payment_day import payment_day
from vendorops.paying.requirements import missing_papers
from vendorops.tables import (
    BankAccount,
    Contract,
    LegalEntity,
    PartReturn,
    Payment,
    Settlement,
    Supplier,
)


@dataclass(frozen=True)
class Payable:
    """A settlement, or a part, that is to be paid, and the account it goes to."""

    settlement: Settlement
    supplier: Supplier
    account: BankAccount
    day: date
    """On which the money goes."""
    part: PartReturn | None = None
    """What of an earlier payment came back; without one the settlement is paid whole."""


@dataclass(frozen=True)
class Dues:
    """What a legal entity is to pay: what it can, and for the rest, why not."""

    payable: list[Payable]
    obstacles: list[str]
    """Sentences that say what is missing and what to do."""


def unpaid(books: Books) -> ColumnElement[bool]:
    """Return the condition under which a settlement is to be paid in this month, or later.

    What was planned today and cancelled is planned anew on a later day, not at once.
    """
    return (
        (col(Settlement.status) == SettlementStatus.SEALED)
        & (col(Settlement.month) <= books.month.label)
        & (col(Settlement.payable_minor) > 0)
        & ~is_planned(books, col(Payment.settlement_id) == col(Settlement.id))
    )


@dataclass(frozen=True)
class _Owed:
    """What is to be paid, whether it can be or not."""

    settlement: Settlement
    supplier: Supplier
    day: date
    part: PartReturn | None = None

    @property
    def reference(self) -> str:
        return self.part.reference if self.part else self.settlement.reference

    @property
    def paid_for(self) -> ColumnElement[bool]:
        """The condition under which a payment is of it."""
        if self.part:
            return col(Payment.returned_by_id) == self.part.bank_entry_id
        return col(Payment.settlement_id) == self.settlement.id


def dues(books: Books, entity: LegalEntity, single: Settlement | None = None) -> Dues:
    """Return what a legal entity is to pay, in the order of settlements, then of parts.

    A `single` settlement is looked at alone, to be paid on the next day on which banks work.
    """
    query = (
        select(Settlement, Supplier)
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .where(col(Contract.legal_entity_id) == entity.id, unpaid(books))
        .order_by(col(Settlement.reference))
    )
    if single:
        query = query.where(col(Settlement.id) == single.id)
    found = Dues([], [])
    for settlement, supplier in books.session.exec(query):
        day = payment_day(books, entity, books.as_of if single else settlement.due_on)
        _look(books, entity, _Owed(settlement, supplier, day), found)
    if single is None:
        for part, settlement, supplier in unpaid_parts(books, entity):
            day = payment_day(books, entity, books.as_of)
            _look(books, entity, _Owed(settlement, supplier, day, part), found)
    return found


def _look(books: Books, entity: LegalEntity, owed: _Owed, found: Dues) -> None:
    """Add what is owed to what can be paid, or say why it cannot."""
    settlement, supplier, day = owed.settlement, owed.supplier, owed.day
    account = active_account(books, supplier.party_id, settlement.currency)
    obstacle = _obstacle(books, entity, owed)
    if account is not None:
        obstacle = obstacle or _waits(books, supplier, account)
        obstacle = obstacle or failed_before(books, owed.paid_for, account)
        obstacle = obstacle or _unsayable(books, entity, settlement, account, day)
    if account is None:
        obstacle = (
            f"{supplier.reference} has no active account in {settlement.currency}; propose "
            "one, and have it verified and activated"
        )
    if obstacle or account is None:
        found.obstacles.append(f"{owed.reference} waits: {obstacle}")
    else:
        found.payable.append(Payable(settlement, supplier, account, day, owed.part))


def _obstacle(books: Books, entity: LegalEntity, owed: _Owed) -> str:
    """Return why something cannot be paid on its day, whichever account it would go to."""
    settlement, day, currency = owed.settlement, owed.day, owed.settlement.currency
    if active_account(books, entity.party_id, currency) is None:
        return (
            f"{entity.code} has no active account in {currency} to pay from; propose one, and "
            "have it verified and activated"
        )
    # The tax of a part was kept back when it was paid first, by the law of that day.
    other = "" if owed.part else other_law(books, settlement, day)
    if other:
        return f"it {other}"
    held = held_in(books, settlement.id) or unconfirmed(books, settlement)
    return held or missing_papers(books, settlement, day)


def _unsayable(
    books: Books, entity: LegalEntity, settlement: Settlement, account: BankAccount, day: date
) -> str:
    debtor = active_account(books, entity.party_id, settlement.currency)
    return unsayable(books, debtor, account, settlement, day) if debtor else ""


def _waits(books: Books, supplier: Supplier, account: BankAccount) -> str:
    """Return why a payee's money waits although it has an account in use."""
    if reason := paused(books, supplier.party_id):
        return reason
    trial = "" if is_tried(account) else on_trial(books, account)
    if not trial:
        return ""
    return f"E_BANK_FIRST_UNDERWAY: the first payment to {account.reference}, {trial}, is underway"
