"""Puts what is owed for settlements, or for parts that came back, into one batch."""

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.paying.batches import Ordered, plan_batch
from vendorops.stages.payment.dues import Payable
from vendorops.tables import LegalEntity, PaymentBatch


def plan(books: Books, entity: LegalEntity, chosen: list[Payable]) -> PaymentBatch:
    """Enter one batch of payments of one currency and day, and keep its file."""
    return plan_batch(books, entity, chosen[0].day, [_ordered(each) for each in chosen])


def _ordered(payable: Payable) -> Ordered:
    settlement, part, payee = payable.settlement, payable.part, payable.supplier.reference
    if part:
        return Ordered(
            amount=Money(part.amount_minor, part.currency),
            account=payable.account,
            content_sha256=settlement.content_sha256,
            because=f"{part.reference} of {settlement.reference} to {payee}, once more",
            returned_by_id=part.bank_entry_id,
        )
    return Ordered(
        amount=Money(settlement.payable_minor, settlement.currency),
        account=payable.account,
        content_sha256=settlement.content_sha256,
        because=f"{settlement.reference} to {payee}",
        settlement_id=settlement.id,
    )
