"""No change takes an order below what was already accepted under it."""

from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlmodel import col, func, select

from vendorops.books import Books
from vendorops.domain.measure import quantity_text
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import OrderLine, WorkItem, WorkOrder

_ACCEPTED = (  # Written once: every order and every change of one asks it.
    select(OrderLine.number, func.sum(WorkItem.accepted_e4), func.max(WorkItem.performed_on))
    .join(WorkItem, col(OrderLine.id) == col(WorkItem.order_line_id))
    .where(col(OrderLine.work_order_id) == bindparam("order"), col(WorkItem.accepted_e4) > 0)
    .group_by(col(OrderLine.number))
)


class BelowAccepted(Refused):
    """Work was accepted that the order would no longer allow for."""


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse a budget, a cap of a line or an end that accepted work lies beyond."""
    found = books.session.exec(_ACCEPTED, params={"order": order.id}).all()
    refuse_budget(order, order.budget_minor)
    counted = {number: int(quantity) for number, quantity, _ in found}
    for line in lines:
        if line.most_e4 and counted.get(line.number, 0) > line.most_e4:
            raise BelowAccepted(
                f"{order.reference} line {line.number}: {quantity_text(counted[line.number])} are"
                f" accepted, more than {quantity_text(line.most_e4)}; it cannot go below"
            )
    last = max((day for _, _, day in found), default=None)
    if last and last >= order.ends_on:
        raise BelowAccepted(
            f"{order.reference}: work of {last} is accepted, so it cannot end on {order.ends_on};"
            " let it end later"
        )


def refuse_budget(order: WorkOrder, budget_minor: int) -> None:
    """Refuse a budget below what was accepted, before the database does without saying why."""
    if order.accepted_minor > budget_minor:
        raise BelowAccepted(
            f"{order.reference}: {Money(order.accepted_minor, order.currency)} are accepted, more"
            f" than a budget of {Money(budget_minor, order.currency)}; it cannot go below"
        )
