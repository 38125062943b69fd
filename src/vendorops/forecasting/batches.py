"""What goes with batches that are planned or approved and not released."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.cash import Expected, Expense
from vendorops.domain.lifecycle import PaymentBatchStatus
from vendorops.domain.money import Money
from vendorops.tables import LegalEntity, PaymentBatch

EXPENSES = {
    PaymentBatchStatus.PLANNED: Expense.PLANNED,
    PaymentBatchStatus.APPROVED: Expense.APPROVED,
}


def in_batches(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Return each batch on its execution day."""
    query = select(PaymentBatch).where(
        col(PaymentBatch.legal_entity_id) == entity.id,
        col(PaymentBatch.status).in_(tuple(EXPENSES)),
    )
    for batch in books.session.exec(query.order_by(col(PaymentBatch.id))):
        yield Expected(
            day=batch.execution_day,
            expense=EXPENSES[PaymentBatchStatus(batch.status)],
            amount=Money(batch.control_sum_minor, batch.currency),
            reference=batch.reference,
            company=entity.code,
        )
