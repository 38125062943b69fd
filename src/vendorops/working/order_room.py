"""How much of an order and of its lines was accepted, waits to be, and is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DeliveryStatus, ServiceSheetStatus
from vendorops.domain.measure import extended
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import Delivery, OrderLine, ServiceSheet, WorkItem, WorkOrder

ONE_E4 = 10_000
"""One unit."""
WHOLE = ("event", "schedule", "no_cost")
"""Kinds of line that are delivered once and whole."""


class NoSuchLine(Refused):
    """The order has no such line, or none yet on that day."""


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


def most_of(line: OrderLine) -> int:
    """Return how much of a line is accepted at most, in ten-thousandths; 0 has no such limit."""
    return ONE_E4 if line.kind in WHOLE else line.most_e4


def lines_of(books: Books, order: WorkOrder) -> list[OrderLine]:
    """Return every line of an order in all its revisions, by number and age."""
    query = select(OrderLine).where(col(OrderLine.work_order_id) == order.id)
    by_age = (col(OrderLine.number), col(OrderLine.valid_from), col(OrderLine.revision))
    return list(books.session.exec(query.order_by(*by_age)))


def line_on(books: Books, order: WorkOrder, number: int, day: date) -> OrderLine:
    """Return a line as it holds on a day; refused where there is none, naming those there are."""
    lines = lines_of(books, order)
    held = [line for line in lines if line.number == number and line.valid_from <= day]
    if not held:
        known = ", ".join(str(each) for each in dict.fromkeys(line.number for line in lines))
        raise NoSuchLine(
            f"{order.reference} has no line {number} on {day}; its lines are {known or 'none'}"
        )
    return held[-1]


def used_of_line(books: Books, order: WorkOrder, number: int) -> Used:
    """Return what of a line is accepted and what waits, in ten-thousandths."""
    lines = [line for line in lines_of(books, order) if line.number == number]
    found = _items(books, lines)
    accepted = sum(item.accepted_e4 for item, _ in found)
    waiting = sum(item.quantity_e4 for item, status in found if status == "submitted")
    return Used(accepted, waiting + sum(row.quantity_e4 for row in _unreported(books, lines)))


def used_of_order(books: Books, order: WorkOrder) -> Used:
    """Return what of an order's budget is accepted and what waits, in minor units."""
    lines = lines_of(books, order)
    prices = {line.id: line.price_e6 for line in lines}
    found = _items(books, lines)
    accepted = sum(_amount(item.accepted_e4, item.price_e6, order) for item, _ in found)
    waiting = sum(
        _amount(item.quantity_e4, item.price_e6, order)
        for item, status in found
        if status == ServiceSheetStatus.SUBMITTED
    )
    unreported = sum(
        _amount(row.quantity_e4, prices[row.order_line_id], order)
        for row in _unreported(books, lines)
    )
    return Used(accepted, waiting + unreported)


def left_of(books: Books, order: WorkOrder) -> Money:
    """Return what of an order's budget nobody has used yet."""
    return Money(order.budget_minor - used_of_order(books, order).both, order.currency)


def _amount(quantity_e4: int, price_e6: int, order: WorkOrder) -> int:
    return extended(quantity_e4, price_e6, order.currency).minor


def _items(books: Books, lines: Iterable[OrderLine]) -> list[tuple[WorkItem, str]]:
    """Return the work on sheets under some lines, with the status of its sheet."""
    query = (
        select(WorkItem, ServiceSheet.status)
        .join(ServiceSheet, col(ServiceSheet.id) == col(WorkItem.service_sheet_id))
        .where(col(WorkItem.order_line_id).in_([line.id for line in lines]))
    )
    return [(item, status) for item, status in books.session.exec(query)]


def _unreported(books: Books, lines: Iterable[OrderLine]) -> list[Delivery]:
    query = select(Delivery).where(
        col(Delivery.order_line_id).in_([line.id for line in lines]),
        col(Delivery.status) == DeliveryStatus.SUBMITTED,
    )
    return list(books.session.exec(query))
