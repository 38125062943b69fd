"""Binds freelancers to task orders by their signature, and carries what was accepted back."""

from sqlmodel import and_, col, exists, or_, select

from vendorops.books import Books
from vendorops.domain.lifecycle import (
    ServiceSheetStatus,
    TaskAssignmentStatus,
    TaskDeliveryStatus,
)
from vendorops.stages import Step
from vendorops.stages.task_orders.binding import bind
from vendorops.stages.task_orders.ending import expire, give_up, settle, settled
from vendorops.stages.task_orders.judging import conclude
from vendorops.tables import ServiceSheet, TaskAssignment, TaskDelivery

__all__ = ["SUBJECT", "advance", "ready"]

SUBJECT = TaskAssignment


def ready(books: Books) -> list[int]:
    """Return offers, what was judged or settled since, and what missed its last day."""
    judged = (
        select(TaskDelivery.id)
        .join(ServiceSheet, col(ServiceSheet.id) == col(TaskDelivery.service_sheet_id))
        .where(
            col(TaskDelivery.task_assignment_id) == col(TaskAssignment.id),
            col(TaskDelivery.status) == TaskDeliveryStatus.ON_SHEET,
            col(ServiceSheet.status) != ServiceSheetStatus.SUBMITTED.value,
        )
    )
    status = col(TaskAssignment.status)
    waiting = (TaskAssignmentStatus.ASSIGNED, TaskAssignmentStatus.REWORK)
    late = and_(status.in_(waiting), col(TaskAssignment.deliver_by) < books.as_of)
    accepted = (TaskAssignmentStatus.OFFERED, TaskAssignmentStatus.ACCEPTED)
    back = and_(status == TaskAssignmentStatus.SUBMITTED, exists(judged))
    query = select(TaskAssignment.id).where(or_(status.in_(accepted), late, back))
    return list(books.session.exec(query.order_by(col(TaskAssignment.id))))


def advance(books: Books, ident: int) -> Step:
    """Take an assignment one step further."""
    row = books.get(TaskAssignment, ident)
    if row.status == TaskAssignmentStatus.OFFERED:
        return bind(books, row)
    if row.status == TaskAssignmentStatus.ASSIGNED and row.deliver_by < books.as_of:
        expire(books, row, f"nothing was delivered until {row.deliver_by}")
    elif row.status == TaskAssignmentStatus.REWORK and row.deliver_by < books.as_of:
        give_up(books, row)
    elif row.status == TaskAssignmentStatus.SUBMITTED:
        return Step.AGAIN if conclude(books, row) else Step.WAITING
    elif row.status == TaskAssignmentStatus.ACCEPTED:
        if not settled(books, row):
            return Step.WAITING
        settle(books, row)
    return Step.DONE
