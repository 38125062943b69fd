"""On which terms a line of an order is delivered: its own, else those of every line."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.late_fines import LateFine
from vendorops.tables import DeliveryTerm, WorkOrder

EVERY_LINE = 0
"""Number of the terms of lines that have none of their own."""


def delivery_term(books: Books, order: WorkOrder, number: int) -> DeliveryTerm | None:
    """Return the terms of a line; None where nothing was agreed about it."""
    query = select(DeliveryTerm).where(
        col(DeliveryTerm.work_order_id) == order.id,
        col(DeliveryTerm.number).in_((number, EVERY_LINE)),
    )
    return books.session.exec(query.order_by(col(DeliveryTerm.number).desc())).first()


def late_fine_of(books: Books, order: WorkOrder, number: int) -> LateFine:
    """Return what being late with a line costs; nothing where nothing was agreed."""
    term = delivery_term(books, order, number)
    return LateFine(term.late_share_e6, term.late_cap_e6) if term else LateFine()
