"""Finds what is to be paid from which account to which, and puts it into one batch."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import keep
from vendorops.documents.payment_files import payment_file
from vendorops.domain.lifecycle import BankAccountStatus, PaymentStatus, SettlementStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.payments import payment_format
from vendorops.tables import (
    BankAccount,
    Contract,
    LegalEntity,
    Party,
    Payment,
    PaymentBatch,
    Settlement,
    Supplier,
)

FORMAT = "pain001"
"""What our banks read."""
TOMORROW = timedelta(days=1)


class NoAccount(Refused):
    """There is no account that money may be sent to, or from."""


@dataclass(frozen=True)
class Payable:
    """A settlement that is to be paid, and the account it goes to."""

    settlement: Settlement
    supplier: Supplier
    account: BankAccount


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
    planned = (
        select(Payment.id)
        .join(PaymentBatch, col(PaymentBatch.id) == col(Payment.batch_id))
        .where(
            col(Payment.settlement_id) == col(Settlement.id),
            (col(Payment.status) != PaymentStatus.CANCELLED)
            | (col(PaymentBatch.created_on) >= books.as_of),
        )
    )
    return (
        (col(Settlement.status) == SettlementStatus.SEALED)
        & (col(Settlement.month) <= books.month.label)
        & (col(Settlement.payable_minor) > 0)
        & ~exists(planned)
    )


def dues(books: Books, entity: LegalEntity) -> Dues:
    """Return what a legal entity is to pay, in the order of settlements."""
    query = (
        select(Settlement, Supplier)
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .where(col(Contract.legal_entity_id) == entity.id, unpaid(books))
        .order_by(col(Settlement.reference))
    )
    found = Dues([], [])
    for settlement, supplier in books.session.exec(query):
        currency = settlement.currency
        account = active_account(books, supplier.party_id, currency)
        if account is None:
            found.obstacles.append(
                f"{settlement.reference} waits: {supplier.reference} has no active account in "
                f"{currency}; propose one, and have it verified and activated"
            )
        elif active_account(books, entity.party_id, currency) is None:
            found.obstacles.append(
                f"{settlement.reference} waits: {entity.code} has no active account in {currency} "
                "to pay from; propose one, and have it verified and activated"
            )
        else:
            found.payable.append(Payable(settlement, supplier, account))
    return found


def active_account(books: Books, party_id: int, currency: str) -> BankAccount | None:
    """Return the account of a party that money of a currency goes through: the newest active."""
    query = (
        select(BankAccount)
        .where(
            col(BankAccount.party_id) == party_id,
            col(BankAccount.currency) == currency,
            col(BankAccount.status) == BankAccountStatus.ACTIVE,
            col(BankAccount.active_from) <= books.as_of,
        )
        .order_by(col(BankAccount.active_from).desc(), col(BankAccount.reference).desc())
    )
    return books.session.exec(query).first()


def execution_day(books: Books, entity: LegalEntity) -> date:
    """Return the first day after today on which banks work where the entity sits."""
    tomorrow = books.as_of + TOMORROW
    place = books.get(Party, entity.party_id).place
    calendar = jurisdiction(place).calendar(range(tomorrow.year, tomorrow.year + 2))
    return calendar.on_or_after(tomorrow)


def plan(books: Books, entity: LegalEntity, chosen: list[Payable]) -> PaymentBatch:
    """Enter one batch of payments of one currency, and keep its file."""
    currency = chosen[0].settlement.currency
    total = Money(sum(payable.settlement.payable_minor for payable in chosen), currency)
    batch = books.enter(
        _batch(books, entity, total, len(chosen)), because=f"{len(chosen)} payments of {total}"
    )
    for payable in chosen:
        books.enter(
            _payment(books, batch, payable),
            because=f"{payable.settlement.reference} to {payable.supplier.reference}",
        )
    data = payment_file(books, batch)
    suffix = payment_format(FORMAT).SUFFIX
    batch.file_sha256 = keep(books, data, f"payment file {batch.reference}", suffix)
    books.session.flush()
    return batch


def _batch(books: Books, entity: LegalEntity, total: Money, count: int) -> PaymentBatch:
    debtor = active_account(books, entity.party_id, total.currency)
    if debtor is None:
        raise NoAccount(f"{entity.code} has no active account in {total.currency} to pay from")
    reference = books.reference("BAT")
    return PaymentBatch(
        id=books.key(),
        reference=reference,
        message_id=reference,
        legal_entity_id=entity.id,
        debtor_account_id=debtor.id,
        month=books.month.label,
        currency=total.currency,
        format=FORMAT,
        created_on=books.as_of,
        execution_day=execution_day(books, entity),
        count=count,
        control_sum_minor=total.minor,
        file_sha256="",
        planned_by=books.actor,
    )


def _payment(books: Books, batch: PaymentBatch, payable: Payable) -> Payment:
    settlement = payable.settlement
    reference = books.reference("PAY")
    return Payment(
        id=books.key(),
        reference=reference,
        batch_id=batch.id,
        settlement_id=settlement.id,
        bank_account_id=payable.account.id,
        currency=settlement.currency,
        amount_minor=settlement.payable_minor,
        end_to_end_id=reference,
        settlement_sha256=settlement.content_sha256,
    )
