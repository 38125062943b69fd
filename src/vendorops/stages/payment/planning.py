"""Puts what is to be paid into one batch, and keeps its file."""

from vendorops.books import Books
from vendorops.documents import keep
from vendorops.documents.payment_files import payment_file
from vendorops.domain.money import Money
from vendorops.paying.accounts.active import active_account
from vendorops.paying.channels import channel_of, check_schema
from vendorops.payments import payment_format
from vendorops.stages.payment.dues import NotPayable, Payable
from vendorops.tables import LegalEntity, Payment, PaymentBatch


def plan(books: Books, entity: LegalEntity, chosen: list[Payable]) -> PaymentBatch:
    """Enter one batch of payments of one currency and day, and keep its file."""
    currency = chosen[0].settlement.currency
    total = Money(sum(payable.settlement.payable_minor for payable in chosen), currency)
    batch = books.enter(
        _batch(books, entity, total, chosen), because=f"{len(chosen)} payments of {total}"
    )
    for payable in chosen:
        books.enter(
            _payment(books, batch, payable),
            because=f"{payable.settlement.reference} to {payable.supplier.reference}",
        )
    data = payment_file(books, batch)
    check_schema(books, batch.format, data)
    suffix = payment_format(batch.format).SUFFIX
    batch.file_sha256 = keep(books, data, f"payment file {batch.reference}", suffix)
    books.session.flush()
    return batch


def _batch(books: Books, entity: LegalEntity, total: Money, chosen: list[Payable]) -> PaymentBatch:
    debtor = active_account(books, entity.party_id, total.currency)
    if debtor is None:
        raise NotPayable(f"{entity.code} has no active account in {total.currency} to pay from")
    reference = books.reference("BAT")
    channel = channel_of(books, debtor)
    return PaymentBatch(
        id=books.key(),
        reference=reference,
        message_id=reference,
        legal_entity_id=entity.id,
        debtor_account_id=debtor.id,
        month=books.month.label,
        currency=total.currency,
        format=channel.format,
        payment_channel_id=channel.row.id if channel.row else None,
        created_on=books.as_of,
        execution_day=chosen[0].day,
        count=len(chosen),
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
