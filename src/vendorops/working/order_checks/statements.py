"""A statement of work has typed lines that fit its days and budget, and keeps what waits."""

from collections.abc import Sequence

from vendorops.books import Books
from vendorops.domain.measure import extended, quantity_text
from vendorops.domain.money import Money, total
from vendorops.domain.refusal import Refused
from vendorops.tables import OrderLine, WorkOrder
from vendorops.working.order_room import ONE_E4, WHOLE, most_of, used_of_line, used_of_order

FORM = "statement_of_work"
DATED = ("schedule",)
"""Kinds of line that cannot do without a day."""


class NotAStatement(Refused):
    """The lines of a statement of work contradict it."""


class BelowDelivered(Refused):
    """Something waits to be accepted that the order would no longer allow for."""


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse lines that no statement of work can have, and a change below what waits."""
    if order.form != FORM:
        return
    for line in lines:
        _refuse_line(order, line)
        _refuse_below_waiting(books, order, line)
    fixed = [
        extended(ONE_E4, line.price_e6, order.currency) for line in lines if line.kind in WHOLE
    ]
    planned, budget = total(fixed, order.currency), Money(order.budget_minor, order.currency)
    if planned.minor > budget.minor:
        raise NotAStatement(
            f"events and schedules come to {planned}, more than the budget of {budget}; raise the"
            " budget or lower their prices"
        )
    used = used_of_order(books, order)
    if used.both > order.budget_minor:
        raise BelowDelivered(
            f"{order.reference}: {Money(used.waiting, order.currency)} wait to be accepted beside"
            f" {Money(used.accepted, order.currency)}, more than {budget}; have them decided first"
        )


def _refuse_line(order: WorkOrder, line: OrderLine) -> None:
    where = f"line {line.number}, {line.kind}: "
    if line.kind in WHOLE and line.most_e4 not in (0, ONE_E4):
        raise NotAStatement(f"{where}it is delivered once; leave its most out")
    if line.kind in DATED and line.due_on is None:
        raise NotAStatement(f"{where}name the day on which the amount is due")
    if line.due_on and not order.starts_on <= line.due_on < order.ends_on:
        raise NotAStatement(
            f"{where}{line.due_on} lies outside {order.starts_on} until before {order.ends_on};"
            " choose a day of the order"
        )
    if line.kind == "time" and not line.most_e4:
        raise NotAStatement(f"{where}time and material needs the most hours that are paid")


def _refuse_below_waiting(books: Books, order: WorkOrder, line: OrderLine) -> None:
    used, most = used_of_line(books, order, line.number), most_of(line)
    if most and used.waiting and used.both > most:
        raise BelowDelivered(
            f"{order.reference} line {line.number}: {quantity_text(used.waiting)} wait to be"
            f" accepted, so it cannot go down to {quantity_text(most)}; have them decided first"
        )
