"""Sets the task order, sends it, and takes the freelancer's signature or refusal."""

from vendorops.books import Books
from vendorops.documents.signing import send, signature_found
from vendorops.domain.lifecycle import TaskAssignmentStatus, TaskStatus, WorkOrderStatus
from vendorops.stages import Step
from vendorops.stages.task_orders.ending import expire
from vendorops.tables import Decision, Party, Supplier, Task, TaskAssignment
from vendorops.working.order_checks import refuse_order
from vendorops.working.ordering import lines_of
from vendorops.working.tasks.engaging import order_of
from vendorops.working.tasks.papers import set_order


def bind(books: Books, row: TaskAssignment) -> Step:
    """Have an offer signed; one that nobody signed by the deadline is over.

    Raises what the checks of orders raise while the order may not be placed any more.
    """
    task = books.get(Task, row.task_id)
    if books.as_of > task.deadline:
        expire(books, row, f"nobody signed until the deadline, {task.deadline}")
        return Step.DONE
    order = order_of(books, row)
    refuse_order(books, order, lines_of(books, order))
    if not row.document_sha256:
        set_order(books, row)
        send(books, row)
        return Step.AGAIN
    party = books.get(Party, books.get(Supplier, row.supplier_id).party_id)
    decision = signature_found(books, row, party)
    if decision is None:
        return Step.WAITING
    if decision.answer == "approve":
        _sign(books, row, decision)
    else:
        _decline(books, row, task, decision)
    return Step.DONE


def _sign(books: Books, row: TaskAssignment, decision: Decision) -> None:
    row.signed_on = decision.answered_on
    because = f"signed by {row.signed_by}, {decision.reference}"
    books.move(row, TaskAssignmentStatus.ASSIGNED, because=because)
    books.move(order_of(books, row), WorkOrderStatus.ACCEPTED, because=because)


def _decline(books: Books, row: TaskAssignment, task: Task, decision: Decision) -> None:
    because = f"declined by {decision.answered_by}, {decision.reference}"
    books.move(row, TaskAssignmentStatus.DECLINED, because=because)
    books.move(order_of(books, row), WorkOrderStatus.REJECTED, because=because)
    if task.status == TaskStatus.ASSIGNED:
        books.move(task, TaskStatus.POSTED, because=f"a slot is free: {row.reference} declined")
