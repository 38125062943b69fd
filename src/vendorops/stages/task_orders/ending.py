"""Ends assignments: accepted, settled, rejected or over; their orders close with them."""

from sqlmodel import col, exists, select

from vendorops.books import Books
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import (
    SettlementStatus,
    TaskAssignmentStatus,
    WorkOrderStatus,
)
from vendorops.tables import (
    Allocation,
    Settlement,
    SettlementLine,
    TaskAssignment,
    TaskDelivery,
    WorkItem,
)
from vendorops.working.claiming import taking
from vendorops.working.tasks.delivering import deliveries_of
from vendorops.working.tasks.engaging import order_of

ENDS = {
    WorkOrderStatus.DRAFT: WorkOrderStatus.REJECTED,
    WorkOrderStatus.ACCEPTED: WorkOrderStatus.TERMINATED,
    WorkOrderStatus.ACTIVE: WorkOrderStatus.CLOSED,
}
"""How an order ends from each state in which it is open."""


def accept(books: Books, row: TaskAssignment, because: str) -> None:
    """Note that nothing more is to be delivered, and something was accepted."""
    books.move(row, TaskAssignmentStatus.ACCEPTED, because=because)
    _close(books, row, because)


def reject(books: Books, row: TaskAssignment, because: str) -> None:
    """Note that nothing more is to be delivered, and nothing was accepted."""
    books.move(row, TaskAssignmentStatus.REJECTED, because=because)
    _close(books, row, because)


def give_up(books: Books, row: TaskAssignment) -> None:
    """End an assignment whose rework never came: what was accepted before stays accepted."""
    because = f"nothing was delivered again until {row.deliver_by}"
    found = any(each.accepted_e4 for each in deliveries_of(books, row))
    (accept if found else reject)(books, row, because)


def expire(books: Books, row: TaskAssignment, because: str) -> None:
    """End an assignment under which nothing was done."""
    withdraw(books, row, because)
    books.move(row, TaskAssignmentStatus.EXPIRED, because=because)
    _close(books, row, because)


def settle(books: Books, row: TaskAssignment) -> None:
    """Note that everything accepted is on sealed settlements."""
    books.move(row, TaskAssignmentStatus.SETTLED, because="all that was accepted is settled")


def settled(books: Books, row: TaskAssignment) -> bool:
    """Tell whether sealed settlements hold all that was accepted under an assignment."""
    held = (
        select(Allocation.id)
        .join(
            SettlementLine,
            col(SettlementLine.invoice_line_id) == col(Allocation.invoice_line_id),
        )
        .join(Settlement, col(Settlement.id) == col(SettlementLine.settlement_id))
        .where(
            taking(WorkItem),
            col(Settlement.status) == SettlementStatus.SEALED.value,
        )
    )
    open_items = (
        select(WorkItem.id)
        .join(TaskDelivery, col(TaskDelivery.service_sheet_id) == col(WorkItem.service_sheet_id))
        .where(
            col(TaskDelivery.task_assignment_id) == row.id,
            col(TaskDelivery.sheet_line) == col(WorkItem.line),
            col(WorkItem.accepted_e4) > 0,
            (col(WorkItem.claimed_e4) < col(WorkItem.accepted_e4)) | ~exists(held),
        )
    )
    return books.session.exec(open_items).first() is None


def _close(books: Books, row: TaskAssignment, because: str) -> None:
    order = order_of(books, row)
    after = ENDS.get(WorkOrderStatus(order.status))
    if after:
        order.closed_because = because
        books.move(order, after, because=because)
