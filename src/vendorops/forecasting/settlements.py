"""What goes for settlements that no batch pays yet, on the last day on which it is not late.

And for parts of payments that came back, on the next day on which banks work.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.domain.cash import Expected, Expense
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.money import Money
from vendorops.paying.paying_again import ENDED
from vendorops.paying.payment_day import payment_day
from vendorops.tables import Contract, LegalEntity, PartReturn, Payment, Settlement


def parts_to_pay_anew(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Return each part of a payment that came back and that no payment that stands pays anew."""
    query = (
        select(PartReturn)
        .join(Settlement, col(Settlement.id) == col(PartReturn.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            col(Contract.legal_entity_id) == entity.id,
            ~exists(_stands(col(Payment.returned_by_id) == col(PartReturn.bank_entry_id))),
        )
    )
    for row in books.session.exec(query.order_by(col(PartReturn.id))):
        yield Expected(
            day=payment_day(books, entity, books.as_of),
            expense=Expense.PAYABLE,
            amount=Money(row.amount_minor, row.currency),
            reference=row.reference,
            company=entity.code,
        )


def _stands(paid_for: ColumnElement[bool]) -> SelectOfScalar[int]:
    """Return the payments of something that were not cancelled, refused or returned."""
    return select(Payment.id).where(paid_for, col(Payment.status).not_in(ENDED))


def unpaid_settlements(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Return each settlement with something to pay and no payment that stands."""
    paid = _stands(col(Payment.settlement_id) == col(Settlement.id))
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
