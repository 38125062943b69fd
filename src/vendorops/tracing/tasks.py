"""What a task order rests on: its task, who signed, what was delivered, and the work it became."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.measure import extended
from vendorops.domain.money import total
from vendorops.tables import (
    Contract,
    Task,
    TaskApplication,
    TaskAssignment,
    TaskDelivery,
    WorkItem,
)
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.deliveries import delivery_node
from vendorops.tracing.tree import Check, Node
from vendorops.tracing.work import grounds, work_node


def trace_task_order(books: Books, reference: str) -> Node:
    """Return the tree of a task order, with what was accepted under it as its amount."""
    row = books.named(TaskAssignment, reference)
    task = books.get(Task, row.task_id)
    query = (
        select(WorkItem, TaskDelivery)
        .join(TaskDelivery, col(TaskDelivery.service_sheet_id) == col(WorkItem.service_sheet_id))
        .where(
            col(TaskDelivery.task_assignment_id) == row.id,
            col(TaskDelivery.sheet_line) == col(WorkItem.line),
        )
    )
    work = [item for item, _ in books.session.exec(query.order_by(col(WorkItem.id)))]
    known = grounds(books, work)
    amounts = [extended(item.accepted_e4, item.price_e6, item.currency) for item in work]
    accepted, most = (
        total(amounts, task.currency),
        extended(task.most_e4, task.price_e6, task.currency),
    )
    facts = {
        "what": task.title,
        "contract": books.get(Contract, row.contract_id).reference,
        "assigned_by": row.assigned_by,
        "signed_by": row.signed_by or "",
        "signed_on": str(row.signed_on or ""),
        "document_sha256": row.signed_sha256 or row.document_sha256,
        "status": row.status,
    }
    within = Check(f"accepted {accepted} of at most {most}", accepted.minor <= most.minor)
    parts = (
        _task_node(books, task),
        *_application(books, row),
        *trace_decisions(books, row),
        *_waiting(books, row),
        *(work_node(known, item.id).sharing() for item in work),
    )
    return Node("task_order", row.reference, accepted, facts, (within,), parts)


def _task_node(books: Books, task: Task) -> Node:
    facts = {
        "brief": task.brief,
        "evidence_asked": task.evidence,
        "requested_by": task.requested_by,
        "posted_on": str(task.posted_on or ""),
        "deadline": task.deadline.isoformat(),
        "status": task.status,
    }
    return Node("task", task.reference, facts=facts, parts=trace_decisions(books, task))


def _application(books: Books, row: TaskAssignment) -> tuple[Node, ...]:
    if row.application_id is None:
        return ()
    asked = books.get(TaskApplication, row.application_id)
    facts = {"by": asked.applied_by, "on": asked.applied_on.isoformat(), "note": asked.note}
    return (
        Node("application", asked.reference, facts=facts, parts=trace_decisions(books, asked)),
    )


def _waiting(books: Books, row: TaskAssignment) -> tuple[Node, ...]:
    """Return deliveries that stand on no sheet yet; the others hang on their work."""
    query = select(TaskDelivery).where(
        col(TaskDelivery.task_assignment_id) == row.id,
        col(TaskDelivery.service_sheet_id).is_(None),
    )
    return tuple(delivery_node(books, each) for each in books.session.exec(query))
