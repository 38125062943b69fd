"""Puts what is to be paid into one batch, and keeps its file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import keep
from vendorops.documents.payment_files import payment_file
from vendorops.domain.lifecycle import PaymentStatus
from vendorops.domain.money import Money, total
from vendorops.domain.refusal import Refused
from vendorops.paying.accounts.active import active_account
from vendorops.paying.channels import channel_of, check_schema
from vendorops.paying.paying_again import UNPAID
from vendorops.payments import payment_format
from vendorops.tables import BankAccount, LegalEntity, Payment, PaymentBatch


class NotPayable(Refused):
    """Money is owed that may not be sent yet."""


@dataclass(frozen=True)
class Ordered:
    """One payment of a batch: so much to an account, for a settlement, a return, or a part."""

    amount: Money
    account: BankAccount
    content_sha256: str
    """Of what was approved."""
    because: str
    settlement_id: int | None = None
    filing_id: int | None = None
    returned_by_id: int | None = None
    """The line of the bank by which the part came back that is paid once more."""


def plan_batch(
    books: Books, entity: LegalEntity, day: date, ordered: Sequence[Ordered]
) -> PaymentBatch:
    """Enter one batch of payments of one currency and day, and keep its file."""
    currency = ordered[0].amount.currency
    amount = total([each.amount for each in ordered], currency)
    debtor = active_account(books, entity.party_id, currency)
    if debtor is None:
        raise NotPayable(f"{entity.code} has no active account in {currency} to pay from")
    batch = enter_batch(books, entity.id, debtor, day, (len(ordered), amount))
    for each in ordered:
        books.enter(_payment(books, batch, each), because=each.because)
    keep_file(books, batch, payment_file(books, batch))
    return batch


def enter_batch(
    books: Books, entity_id: int, debtor: BankAccount, day: date, paid: tuple[int, Money]
) -> PaymentBatch:
    """Enter a batch of so many payments that come to so much; its payments and file follow."""
    reference = books.reference("BAT")
    channel = channel_of(books, debtor)
    count, amount = paid
    row = PaymentBatch(
        id=books.key(),
        reference=reference,
        message_id=reference,
        legal_entity_id=entity_id,
        debtor_account_id=debtor.id,
        month=books.month.label,
        currency=amount.currency,
        format=channel.format,
        payment_channel_id=channel.row.id if channel.row else None,
        created_on=books.as_of,
        execution_day=day,
        count=count,
        control_sum_minor=amount.minor,
        file_sha256="",
        planned_by=books.actor,
    )
    return books.enter(row, because=f"{count} payments of {amount}")


def keep_file(books: Books, batch: PaymentBatch, data: bytes) -> None:
    """Keep the file of a batch; refused where it is not what its format asks for."""
    check_schema(books, batch.format, data)
    suffix = payment_format(batch.format).SUFFIX
    batch.file_sha256 = keep(books, data, f"payment file {batch.reference}", suffix)
    books.session.flush()


def is_planned(books: Books, paid_for: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition under which a payment stands for what a comparison names.

    What was planned today and cancelled counts, so that it is planned anew on a later day only.
    """
    standing = (
        select(Payment.id)
        .join(PaymentBatch, col(PaymentBatch.id) == col(Payment.batch_id))
        .where(
            paid_for,
            col(Payment.status).not_in(UNPAID),
            (col(Payment.status) != PaymentStatus.CANCELLED)
            | (col(PaymentBatch.created_on) >= books.as_of),
        )
    )
    return exists(standing)


def _payment(books: Books, batch: PaymentBatch, ordered: Ordered) -> Payment:
    reference = books.reference("PAY")
    return Payment(
        id=books.key(),
        reference=reference,
        batch_id=batch.id,
        settlement_id=ordered.settlement_id,
        filing_id=ordered.filing_id,
        returned_by_id=ordered.returned_by_id,
        bank_account_id=ordered.account.id,
        currency=ordered.amount.currency,
        amount_minor=ordered.amount.minor,
        end_to_end_id=reference,
        settlement_sha256=ordered.content_sha256,
    )
