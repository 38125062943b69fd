"""What goes with batches that are planned or approved and not released.

What pays over a return that was amended, or rejected by the office, is never released: its tax is
told with the version in force.
"""

from collections.abc import Iterator

from sqlalchemy import exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.cash import Expected, Expense
from vendorops.domain.lifecycle import PaymentBatchStatus
from vendorops.domain.money import Money
from vendorops.paying.declaring import IN_FORCE
from vendorops.tables import Filing, LegalEntity, Payment, PaymentBatch

EXPENSES = {
    PaymentBatchStatus.PLANNED: Expense.PLANNED,
    PaymentBatchStatus.APPROVED: Expense.APPROVED,
}


def in_batches(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Return each batch on its execution day."""
    overtaken = (
        select(Payment.id)
        .join(Filing, col(Filing.id) == col(Payment.filing_id))
        .where(col(Payment.batch_id) == col(PaymentBatch.id), col(Filing.status).not_in(IN_FORCE))
    )
    query = select(PaymentBatch).where(
        col(PaymentBatch.legal_entity_id) == entity.id,
        col(PaymentBatch.status).in_(tuple(EXPENSES)),
        ~exists(overtaken),
    )
    for batch in books.session.exec(query.order_by(col(PaymentBatch.id))):
        yield Expected(
            day=batch.execution_day,
            expense=EXPENSES[PaymentBatchStatus(batch.status)],
            amount=Money(batch.control_sum_minor, batch.currency),
            reference=batch.reference,
            company=entity.code,
        )
