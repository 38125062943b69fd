"""What is ordered by task keeps within the contract's cap, and stays as it was signed."""

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


class SignedAsItIs(Refused):
    """A task order was signed by the freelancer, so no revision of ours changes it."""


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse a task order that takes the contract above its cap, and any revision of one.

    Open orders count with their budgets, ended ones with what was accepted.
    """
    del lines
    if order.form != "task_order":
        return
    if order.revision:
        raise SignedAsItIs(
            f"{order.reference} was signed as it is; let it end, and post another task instead"
        )
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
