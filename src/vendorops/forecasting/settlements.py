"""What goes for settlements that no batch pays yet, on the last day on which it is not late."""

from collections.abc import Iterator

from sqlalchemy import exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.cash import Expected, Expense
from vendorops.domain.lifecycle import PaymentStatus, SettlementStatus
from vendorops.domain.money import Money
from vendorops.paying.payment_day import payment_day
from vendorops.tables import Contract, LegalEntity, Payment, Settlement

ENDED = (PaymentStatus.CANCELLED, PaymentStatus.REJECTED, PaymentStatus.RETURNED)


def unpaid_settlements(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Return each settlement with something to pay and no payment that stands."""
    paid = select(Payment.id).where(
        col(Payment.settlement_id) == col(Settlement.id), col(Payment.status).not_in(ENDED)
    )
    query = (
        select(Settlement)
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            col(Contract.legal_entity_id) == entity.id,
            col(Settlement.status) != SettlementStatus.REJECTED,
            col(Settlement.payable_minor) > 0,
            ~exists(paid),
        )
        .order_by(col(Settlement.id))
    )
    for row in books.session.exec(query):
        sealed = row.status == SettlementStatus.SEALED
        yield Expected(
            day=payment_day(books, entity, row.due_on),
            expense=Expense.PAYABLE if sealed else Expense.SETTLED,
            amount=Money(row.payable_minor, row.currency),
            reference=row.reference,
            company=entity.code,
        )
