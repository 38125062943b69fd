"""What is ordered by task never comes to more than the contract allows in all."""

from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import WorkOrderStatus
from vendorops.domain.measure import extended
from vendorops.domain.money import Money, total
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, OrderLine, WorkItem, WorkOrder

OPEN = (WorkOrderStatus.DRAFT, WorkOrderStatus.ACCEPTED, WorkOrderStatus.ACTIVE)


class AboveCap(Refused):
    """Orders by task would come to more than their contract's cap."""


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse a task order that takes the contract above its cap.

    Open orders count with their budgets, ended ones with what was accepted.
    """
    del lines
    if order.form != "task_order":
        return
    contract = books.get(Contract, order.contract_id)
    query = select(WorkOrder).where(
        col(WorkOrder.contract_id) == contract.id, col(WorkOrder.id) != order.id
    )
    others = list(books.session.exec(query))
    ended = [each.id for each in others if each.status not in OPEN]
    before = sum(each.budget_minor for each in others if each.status in OPEN)
    before += _accepted(books, ended, contract.currency).minor
    if before + order.budget_minor > contract.cap_minor:
        asked, taken, cap = (
            Money(minor, contract.currency)
            for minor in (order.budget_minor, before, contract.cap_minor)
        )
        raise AboveCap(
            f"{contract.reference} is capped at {cap}, of which {taken} are ordered; a task of"
            f" {asked} is too much. Amend the cap, or give the task to another"
        )


def _accepted(books: Books, orders: Sequence[int], currency: str) -> Money:
    query = (
        select(WorkItem)
        .join(OrderLine, col(OrderLine.id) == col(WorkItem.order_line_id))
        .where(col(OrderLine.work_order_id).in_(orders), col(WorkItem.accepted_e4) > 0)
    )
    found = books.session.exec(query)
    return total(
        [extended(item.accepted_e4, item.price_e6, item.currency) for item in found], currency
    )
