"""On which terms a line of an order is delivered: its own, else those of every line."""

from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.late_fines import LateFine, days_late
from vendorops.domain.measure import extended
from vendorops.domain.money import Money
from vendorops.tables import Delivery, DeliveryTerm, OrderLine, WorkItem, WorkOrder

EVERY_LINE = 0
"""Number of the terms of lines that have none of their own."""


@dataclass(frozen=True)
class Lateness:
    """By how much a delivery came late, and what that costs of what was accepted of it."""

    terms: LateFine
    line: OrderLine
    days: int
    accepted: Money

    @property
    def fine(self) -> Money:
        """What is taken off."""
        return self.terms.of(self.accepted, self.days)


def lateness(books: Books, delivery: Delivery, item: WorkItem) -> Lateness:
    """Return how late a delivery was; the day of a rework is that of its own delivery."""
    order = books.get(WorkOrder, delivery.work_order_id)
    line = books.get(OrderLine, delivery.order_line_id)
    return Lateness(
        late_fine_of(books, order, line.number),
        line,
        days_late(line.due_on, delivery.delivered_on),
        extended(item.accepted_e4, item.price_e6, item.currency),
    )


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
