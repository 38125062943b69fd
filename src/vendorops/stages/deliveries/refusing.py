"""Refuses deliveries that an order has no place, no day or no room for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DeliveryStatus, WorkOrderStatus
from vendorops.domain.measure import extended, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import Delivery, OrderLine, WorkItem, WorkOrder
from vendorops.working.order_room import ONE_E4, WHOLE, most_of, used_of_line, used_of_order
from vendorops.working.ordering import lines_on

BEGUN = (WorkOrderStatus.ACTIVE, WorkOrderStatus.CLOSED)
"""What was done in time may be reported after an order is over."""


class NotDeliverable(Refused):
    """The order, its line or its days do not allow for the delivery."""


class AlreadyDelivered(NotDeliverable):
    """What is delivered once was accepted before, or waits to be."""


class OverTheMost(NotDeliverable):
    """More of a line than is accepted of it at most."""


class OverTheBudget(NotDeliverable):
    """More than the order may come to."""


@dataclass(frozen=True)
class Evidence:
    """A file that proves a delivery."""

    data: bytes
    suffix: str = ""
    """The kind of its content, such as `.pdf`."""


@dataclass(frozen=True)
class Delivered:
    """A delivery before it is in the books."""

    number: int
    """Of the line."""
    delivered_on: date
    evidence: Sequence[Evidence]
    quantity_e4: int = ONE_E4
    description: str = ""
    """The line's own where nothing is said."""
    rework_of: str = ""
    """Reference of the delivery whose rejected quantity it makes good."""


def deliverable_line(books: Books, order: WorkOrder, said: Delivered) -> OrderLine:
    """Return the line as it holds on the day, refusing what no delivery of it can be."""
    day = said.delivered_on
    if order.status not in BEGUN:
        raise NotDeliverable(
            f"{order.reference} is {order.status}, not active; deliver once it has begun"
        )
    if not order.starts_on <= day < order.ends_on:
        raise NotDeliverable(
            f"{order.reference} runs from {order.starts_on} until before {order.ends_on}; {day} is"
            " outside, so deliver under the order of that day or have its end changed"
        )
    lines = lines_on(books, order, day)
    if said.number not in lines:
        known = ", ".join(map(str, lines)) or "none"
        raise NotDeliverable(
            f"{order.reference} has no line {said.number} on {day}; it has {known}"
        )
    if not said.evidence:
        raise NotDeliverable(f"line {said.number}: give a file that proves the delivery")
    line = lines[said.number]
    if line.kind == "schedule" and line.due_on and day < line.due_on:
        raise NotDeliverable(f"line {line.number} is due on {line.due_on}, not on {day} already")
    return line


def refuse_without_room(books: Books, order: WorkOrder, line: OrderLine, said: Delivered) -> None:
    """Refuse what was delivered before, or goes beyond the most of its line or the budget."""
    quantity, where = said.quantity_e4, f"{order.reference} line {line.number}"
    if quantity <= 0 or (line.kind in WHOLE and quantity != ONE_E4):
        raise NotDeliverable(
            f"{where}: {quantity_text(quantity)} of it cannot be delivered; an event is delivered"
            " once and whole, anything else in a quantity above zero"
        )
    used, most = used_of_line(books, order, line.number), most_of(line)
    if line.kind in WHOLE and used.both:
        state = "was accepted" if used.accepted else "waits to be accepted"
        raise AlreadyDelivered(f"{where}, {line.description}: it {state} before; once is all")
    if most and used.both + quantity > most:
        raise OverTheMost(
            f"{where}: {quantity_text(quantity)} more than {quantity_text(used.accepted)} accepted"
            f" and {quantity_text(used.waiting)} waiting go beyond {quantity_text(most)}; have a"
            " change order approved first"
        )
    amount = extended(quantity, line.price_e6, order.currency)
    whole = used_of_order(books, order)
    if whole.both + amount.minor > order.budget_minor:
        budget, taken = (
            Money(order.budget_minor, order.currency),
            Money(whole.both, order.currency),
        )
        raise OverTheBudget(
            f"{where}: {amount} more would go beyond the {budget} of the order, of which {taken}"
            " are accepted or waiting; have a change order approved first"
        )


def reworked(books: Books, line: OrderLine, said: Delivered) -> Delivery:
    """Return the delivery that is made good, refusing more than was rejected of it."""
    before = books.named(Delivery, said.rework_of)
    of_line = books.get(OrderLine, before.order_line_id)
    if (of_line.work_order_id, of_line.number) != (line.work_order_id, line.number):
        raise NotDeliverable(f"{before.reference} is of another line; rework belongs to its own")
    item = books.get(WorkItem, before.work_item_id) if before.work_item_id else None
    rejected = 0
    if item and before.status in (DeliveryStatus.REJECTED, DeliveryStatus.PARTLY_ACCEPTED):
        rejected = item.quantity_e4 - item.accepted_e4
    left = rejected - _made_good(books, before)
    if said.quantity_e4 > left:
        raise NotDeliverable(
            f"{before.reference} is {before.status} and leaves {quantity_text(left)} to make good,"
            f" not {quantity_text(said.quantity_e4)}"
        )
    return before


def _made_good(books: Books, before: Delivery) -> int:
    query = select(func.coalesce(func.sum(Delivery.quantity_e4), 0)).where(
        col(Delivery.rework_of_id) == before.id,
        col(Delivery.status) != DeliveryStatus.WITHDRAWN,
    )
    return int(books.session.exec(query).one())
