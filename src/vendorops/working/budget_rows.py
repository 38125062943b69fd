"""Reads at once every row that the budgets of contracts and orders follow from."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, func, true
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import OrderRevisionStatus, PaymentStatus, WorkOrderStatus
from vendorops.domain.measure import extended
from vendorops.tables import (
    Contract,
    Invoice,
    InvoiceLine,
    OrderLine,
    OrderRevision,
    Payment,
    Settlement,
    WorkItem,
    WorkOrder,
)
from vendorops.working.costs import Cost, costs

LIVE = (WorkOrderStatus.ACCEPTED, WorkOrderStatus.ACTIVE)
NOT_PLACED = (WorkOrderStatus.DRAFT, WorkOrderStatus.REJECTED)
PAID = (PaymentStatus.SENT, PaymentStatus.ACCEPTED_BY_BANK, PaymentStatus.SETTLED)
REJECTED = "rejected"


@dataclass(frozen=True)
class BudgetRows:
    """What some contracts, or all, have taken of their budgets; amounts without tax."""

    contracts: Sequence[Contract]
    orders: Mapping[int, Sequence[WorkOrder]]
    """Those that were placed, by contract."""
    accepted: Counter[tuple[int, int | None]]
    """By contract and order; None for work that was done without one."""
    changed: Counter[int]
    """By how much applied revisions changed the budget, by order."""
    invoiced: Counter[int]
    invoiced_of_order: Counter[int]
    laid: Mapping[int, Sequence[Cost]]
    """Settled amounts by contract."""
    paid: set[int]
    """Settlements whose money was sent, or that had none to send."""

    def accepted_under(self, contract: int) -> int:
        """Return what was accepted under a contract, with and without orders."""
        orders = [order.id for order in self.orders.get(contract, ())]
        return sum(self.accepted[contract, order] for order in (None, *orders))


def read(books: Books, contract: int | None = None) -> BudgetRows:
    """Read the rows of one contract, or of all of them in few statements."""

    def mine(column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of any table.
        return true() if contract is None else col(column) == contract

    contracts = select(Contract).where(mine(Contract.id)).order_by(col(Contract.id))
    placed = select(WorkOrder).where(
        mine(WorkOrder.contract_id), col(WorkOrder.status).not_in(NOT_PLACED)
    )
    orders: defaultdict[int, list[WorkOrder]] = defaultdict(list)
    for order in books.session.exec(placed.order_by(col(WorkOrder.id))):
        orders[order.contract_id].append(order)
    laid: defaultdict[int, list[Cost]] = defaultdict(list)
    for cost in costs(books, mine(Settlement.contract_id)):
        laid[cost.settlement.contract_id].append(cost)
    return BudgetRows(
        contracts=books.session.exec(contracts).all(),
        orders=orders,
        accepted=_accepted(books, mine(WorkItem.contract_id)),
        changed=_changed(books, mine(WorkOrder.contract_id)),
        invoiced=_invoiced(books, mine(Invoice.contract_id)),
        invoiced_of_order=_invoiced_of_order(books, mine(Invoice.contract_id)),
        laid=laid,
        paid=_paid(books, mine(Settlement.contract_id)),
    )


def _accepted(books: Books, mine: ColumnElement[bool]) -> Counter[tuple[int, int | None]]:
    """Add up lines as they round one by one; equal ones are read together."""
    alike: list[Any] = [
        *(col(WorkItem.contract_id), col(OrderLine.work_order_id)),
        *(col(WorkItem.accepted_e4), col(WorkItem.price_e6), col(WorkItem.currency)),
    ]
    query = (
        sqlalchemy.select(*alike, func.count())
        .select_from(WorkItem)
        .outerjoin(OrderLine, col(OrderLine.id) == col(WorkItem.order_line_id))
        .where(mine, col(WorkItem.accepted_e4) > 0)
        .group_by(*alike)
    )
    sums: Counter[tuple[int, int | None]] = Counter()
    for contract, order, accepted, price, currency, count in books.session.execute(query):
        sums[contract, order] += extended(accepted, price, currency).minor * count
    return sums


def _changed(books: Books, mine: ColumnElement[bool]) -> Counter[int]:
    query = (
        select(WorkOrder.id, func.sum(OrderRevision.delta_minor))
        .join(OrderRevision, col(OrderRevision.work_order_id) == col(WorkOrder.id))
        .where(mine, col(OrderRevision.status) == OrderRevisionStatus.APPLIED)
        .group_by(col(WorkOrder.id))
    )
    return Counter({order: int(delta) for order, delta in books.session.execute(query)})


def _invoiced(books: Books, mine: ColumnElement[bool]) -> Counter[int]:
    query = (
        select(Invoice.contract_id, func.sum(Invoice.net_minor))
        .where(mine, col(Invoice.status) != REJECTED)
        .group_by(col(Invoice.contract_id))
    )
    return Counter({contract: int(net) for contract, net in books.session.execute(query)})


def _invoiced_of_order(books: Books, mine: ColumnElement[bool]) -> Counter[int]:
    query = (
        select(OrderLine.work_order_id, func.sum(InvoiceLine.net_minor))
        .join(WorkItem, col(WorkItem.order_line_id) == col(OrderLine.id))
        .join(InvoiceLine, col(InvoiceLine.work_item_id) == col(WorkItem.id))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(mine, col(Invoice.status) != REJECTED)
        .group_by(col(OrderLine.work_order_id))
    )
    return Counter({order: int(net) for order, net in books.session.execute(query)})


def _paid(books: Books, mine: ColumnElement[bool]) -> set[int]:
    sent = select(Payment.settlement_id).where(col(Payment.status).in_(PAID))
    covered = select(Settlement.id).where(mine, col(Settlement.payable_minor) == 0)
    paid = {ident for ident in books.session.exec(sent) if ident is not None}
    return {*paid, *books.session.exec(covered)}
