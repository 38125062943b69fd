"""Carries what a buyer accepted of a delivery back to the assignment: done, again, or nothing."""

from datetime import timedelta

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import (
    ServiceSheetStatus,
    TaskAssignmentStatus,
    TaskDeliveryStatus,
)
from vendorops.domain.measure import quantity_text
from vendorops.domain.periods import DAY
from vendorops.stages.task_orders.ending import accept, reject
from vendorops.tables import ServiceSheet, Task, TaskAssignment, TaskDelivery, WorkItem
from vendorops.working.tasks.delivering import deliveries_of
from vendorops.working.tasks.engaging import order_of
from vendorops.working.tasks.rules import REWORK_DAYS


def conclude(books: Books, row: TaskAssignment) -> bool:
    """Take over the answer to the newest delivery; return whether there is one."""
    delivery = deliveries_of(books, row)[-1]
    item = judged_item(books, delivery)
    if item is None:
        return False
    delivery.accepted_e4 = item.accepted_e4
    because = (
        f"{quantity_text(item.accepted_e4)} of {quantity_text(item.quantity_e4)} accepted,"
        f" {item.reference}"
    )
    books.move(delivery, _outcome(delivery), because=because)
    if delivery.accepted_e4 == delivery.quantity_e4:
        accept(books, row, because)
    elif _may_try_again(books, row):
        _send_back(books, row, because)
    elif any(each.accepted_e4 for each in deliveries_of(books, row)):
        accept(books, row, because)
    else:
        reject(books, row, because)
    return True


def judged_item(books: Books, delivery: TaskDelivery) -> WorkItem | None:
    """Return the work item of a delivery once somebody accepted or rejected its sheet."""
    if delivery.service_sheet_id is None:
        return None
    sheet = books.get(ServiceSheet, delivery.service_sheet_id)
    if sheet.status == ServiceSheetStatus.SUBMITTED:
        return None
    query = select(WorkItem).where(
        col(WorkItem.service_sheet_id) == sheet.id, col(WorkItem.line) == delivery.sheet_line
    )
    return books.session.exec(query).one()


def _outcome(delivery: TaskDelivery) -> TaskDeliveryStatus:
    if delivery.accepted_e4 == 0:
        return TaskDeliveryStatus.REJECTED
    if delivery.accepted_e4 < delivery.quantity_e4:
        return TaskDeliveryStatus.PARTLY_ACCEPTED
    return TaskDeliveryStatus.ACCEPTED


def _may_try_again(books: Books, row: TaskAssignment) -> bool:
    task = books.get(Task, row.task_id)
    return row.reworks < task.reworks and books.as_of < order_of(books, row).ends_on


def _send_back(books: Books, row: TaskAssignment, because: str) -> None:
    """Let the rest be delivered again, within the days for it and the order's."""
    row.reworks += 1
    given = books.as_of + timedelta(days=REWORK_DAYS.on(books.as_of))
    row.deliver_by = min(given, order_of(books, row).ends_on - DAY)
    because = f"{because}; the rest again by {row.deliver_by}"
    books.move(row, TaskAssignmentStatus.REWORK, because=because)
