"""Tells tasks and what became of them, as people and scripts read it."""

from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.waiting import waits_for
from vendorops.domain.measure import quantity_text
from vendorops.tables import (
    Supplier,
    Task,
    TaskApplication,
    TaskAssignment,
    TaskDelivery,
)
from vendorops.working.tasks import taken, worth
from vendorops.working.tasks.delivering import deliveries_of, evidence_of


def told(books: Books, task: Task) -> dict[str, Any]:
    """Return a task in one row."""
    return {
        "task": task.reference,
        "title": task.title,
        "slots": task.slots,
        "taken": taken(books, task),
        "each": worth(task),
        "deadline": task.deadline,
        "status": task.status,
        **waits_for(books, task),
    }


def told_assignment(books: Books, row: TaskAssignment) -> dict[str, Any]:
    """Return an assignment in one row."""
    return {
        "order": row.reference,
        "task": books.get(Task, row.task_id).reference,
        "supplier": books.get(Supplier, row.supplier_id).reference,
        "assigned_by": row.assigned_by,
        "signed_on": row.signed_on,
        "deliver_by": row.deliver_by,
        "status": row.status,
        **waits_for(books, row),
    }


def told_application(books: Books, row: TaskApplication) -> dict[str, Any]:
    """Return an application in one row."""
    return {
        "application": row.reference,
        "task": books.get(Task, row.task_id).reference,
        "supplier": books.get(Supplier, row.supplier_id).reference,
        "applied_on": row.applied_on,
        "status": row.status,
        **waits_for(books, row),
    }


def told_delivery(books: Books, row: TaskDelivery) -> dict[str, Any]:
    """Return a delivery with the hashes and instants of its evidence."""
    return {
        "delivery": row.reference,
        "order": books.get(TaskAssignment, row.task_assignment_id).reference,
        "quantity": quantity_text(row.quantity_e4),
        "accepted": quantity_text(row.accepted_e4),
        "done_on": row.done_on,
        "delivered_on": row.delivered_on,
        "late_days": row.late_days,
        "status": row.status,
        "evidence": [
            {"name": each.name, "sha256": each.sha256, "kept_at": each.kept_at}
            for each in evidence_of(books, row)
        ],
    }


def assignments_of(books: Books, task: Task) -> list[TaskAssignment]:
    """Return the assignments of a task, oldest first."""
    query = select(TaskAssignment).where(col(TaskAssignment.task_id) == task.id)
    return list(books.session.exec(query.order_by(col(TaskAssignment.id))))


def applications_of(books: Books, task: Task) -> list[TaskApplication]:
    """Return the applications for a task, oldest first."""
    query = select(TaskApplication).where(col(TaskApplication.task_id) == task.id)
    return list(books.session.exec(query.order_by(col(TaskApplication.id))))


def deliveries(books: Books, task: Task) -> list[TaskDelivery]:
    """Return everything delivered of a task, by assignment."""
    return [
        delivery for row in assignments_of(books, task) for delivery in deliveries_of(books, row)
    ]
