"""How much of an order and of its lines was accepted, and how much waits to be."""

from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DeliveryStatus, ServiceSheetStatus
from vendorops.domain.measure import extended
from vendorops.tables import Delivery, OrderLine, ServiceSheet, WorkItem, WorkOrder

ONE_E4 = 10_000
"""One unit."""
WHOLE = ("event", "schedule", "no_cost")
"""Kinds of line that are delivered once and whole."""


@dataclass(frozen=True)
class Used:
    """What of one line, or of a whole order, is no longer free."""

    accepted: int
    waiting: int
    """Reported and neither accepted nor rejected yet."""

    @property
    def both(self) -> int:
        """What cannot be delivered any more unless something is rejected."""
        return self.accepted + self.waiting


@dataclass(frozen=True)
class _Part:
    """A quantity of one line, reported or accepted."""

    number: int
    accepted_e4: int
    waiting_e4: int
    price_e6: int


def most_of(line: OrderLine) -> int:
    """Return how much of a line is accepted at most, in ten-thousandths; 0 has no such limit."""
    return ONE_E4 if line.kind in WHOLE else line.most_e4


def used_of_line(books: Books, order: WorkOrder, number: int) -> Used:
    """Return what of a line is accepted and what waits, in ten-thousandths."""
    parts = [part for part in _parts(books, order) if part.number == number]
    return Used(sum(part.accepted_e4 for part in parts), sum(part.waiting_e4 for part in parts))


def used_of_order(books: Books, order: WorkOrder) -> Used:
    """Return what of an order's budget is accepted and what waits, in minor units."""
    parts = _parts(books, order)
    return Used(
        sum(_minor(part.accepted_e4, part, order) for part in parts),
        sum(_minor(part.waiting_e4, part, order) for part in parts),
    )


def _minor(quantity_e4: int, part: _Part, order: WorkOrder) -> int:
    return extended(quantity_e4, part.price_e6, order.currency).minor


def _parts(books: Books, order: WorkOrder) -> list[_Part]:
    return [*_on_sheets(books, order), *_on_none(books, order)]


def _on_sheets(books: Books, order: WorkOrder) -> list[_Part]:
    query = (
        select(WorkItem, OrderLine.number, ServiceSheet.status)
        .join(OrderLine, col(OrderLine.id) == col(WorkItem.order_line_id))
        .join(ServiceSheet, col(ServiceSheet.id) == col(WorkItem.service_sheet_id))
        .where(col(OrderLine.work_order_id) == order.id)
    )
    undecided = ServiceSheetStatus.SUBMITTED
    return [
        _Part(number, item.accepted_e4, item.quantity_e4 * (status == undecided), item.price_e6)
        for item, number, status in books.session.exec(query)
    ]


def _on_none(books: Books, order: WorkOrder) -> list[_Part]:
    """Return deliveries that are not on a sheet yet."""
    query = (
        select(OrderLine.number, Delivery.quantity_e4, OrderLine.price_e6)
        .join(OrderLine, col(OrderLine.id) == col(Delivery.order_line_id))
        .where(
            col(Delivery.work_order_id) == order.id,
            col(Delivery.status) == DeliveryStatus.SUBMITTED,
        )
    )
    found = books.session.exec(query).all()
    return [_Part(number, 0, quantity, price) for number, quantity, price in found]
