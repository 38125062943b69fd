"""Takes in what a freelancer delivers: how much, when it was done, and the files that prove it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import PurePath

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.domain.lifecycle import TaskAssignmentStatus
from vendorops.domain.measure import quantity_text
from vendorops.domain.refusal import Refused
from vendorops.tables import Supplier, Task, TaskAssignment, TaskDelivery, TaskEvidence
from vendorops.working.tasks.applying import refuse_others
from vendorops.working.tasks.engaging import order_of
from vendorops.working.tasks.posting import BackDated
from vendorops.working.tasks.rules import REUSED_EVIDENCE

LARGEST = 50 * 2**20
"""Bytes of one file of evidence."""
OPEN = (TaskAssignmentStatus.ASSIGNED, TaskAssignmentStatus.REWORK)


class NotDeliverable(Refused):
    """The assignment takes no such delivery."""


class DeliveredLate(NotDeliverable):
    """The last day on which the task takes a delivery is over."""


class NoEvidence(NotDeliverable):
    """Nothing proves the delivery, or what proves it proves another one."""


@dataclass(frozen=True)
class Delivered:
    """What a freelancer hands in."""

    done_on: date
    files: Sequence[tuple[str, bytes]]
    """Name and content of each file of evidence."""
    quantity_e4: int | None = None
    """Ten-thousandths of a unit; all that is still to be delivered unless given."""
    note: str = ""


def deliver(books: Books, assignment: TaskAssignment, given: Delivered) -> TaskDelivery:
    """Enter a delivery and keep its evidence; the same again is the same delivery.

    Raises BackDated for work before the order was signed, DeliveredLate, NoEvidence, and
    NotDeliverable with what else is wrong.
    """
    log.lock(books.session)
    refuse_others(books, books.get(Supplier, assignment.supplier_id))
    earlier = deliveries_of(books, assignment)
    if earlier and _same(books, earlier[-1], given):
        return earlier[-1]
    task = books.get(Task, assignment.task_id)
    _refuse_day(books, assignment, given.done_on)
    quantity = _quantity(assignment, task, earlier, given)
    _refuse_evidence(books, assignment, given)
    late = 0 if earlier else max(0, (books.as_of - task.deadline).days)
    row = books.enter(
        TaskDelivery(
            id=books.key(),
            reference=books.reference("DLV"),
            task_assignment_id=assignment.id,
            number=len(earlier) + 1,
            quantity_e4=quantity,
            done_on=given.done_on,
            delivered_on=books.as_of,
            delivered_by=books.actor,
            note=given.note,
            late_days=late,
        ),
        because=f"{quantity_text(quantity)} with {len(given.files)} files of evidence",
    )
    for name, data in given.files:
        _keep(books, row, PurePath(name), data)
    said = f"{row.reference} delivered" + (f", {late} days late" if late else "")
    books.move(assignment, TaskAssignmentStatus.SUBMITTED, because=said)
    return row


def deliveries_of(books: Books, assignment: TaskAssignment) -> list[TaskDelivery]:
    """Return what was delivered under an assignment, oldest first."""
    query = select(TaskDelivery).where(col(TaskDelivery.task_assignment_id) == assignment.id)
    return list(books.session.exec(query.order_by(col(TaskDelivery.number))))


def evidence_of(books: Books, delivery: TaskDelivery) -> list[TaskEvidence]:
    """Return the files that prove a delivery, in the order they were handed in."""
    query = select(TaskEvidence).where(col(TaskEvidence.task_delivery_id) == delivery.id)
    return list(books.session.exec(query.order_by(col(TaskEvidence.id))))


def left_of(task: Task, earlier: Sequence[TaskDelivery]) -> int:
    """Return how much may still be delivered: all of a slot, then what was not accepted."""
    if not earlier:
        return task.most_e4
    return earlier[-1].quantity_e4 - earlier[-1].accepted_e4


def _same(books: Books, known: TaskDelivery, given: Delivered) -> bool:
    asked = {sha256(data).hexdigest() for _, data in given.files}
    kept = {file.sha256 for file in evidence_of(books, known)}
    quantity = given.quantity_e4 in (None, known.quantity_e4)
    return (
        known.delivered_by == books.actor
        and known.done_on == given.done_on
        and quantity
        and bool(kept)
        and asked == kept
    )


def _refuse_day(books: Books, assignment: TaskAssignment, done_on: date) -> None:
    name, order = assignment.reference, order_of(books, assignment)
    if assignment.status not in OPEN or assignment.signed_on is None:
        raise NotDeliverable(
            f"{name} is {assignment.status}; a delivery follows a signed order or a rework"
        )
    begun = max(assignment.signed_on, order.starts_on)
    if done_on < begun:
        raise BackDated(
            f"{name} was signed on {assignment.signed_on} and begins on {order.starts_on}; work"
            f" of {done_on}, before it, is not of this order"
        )
    if done_on > books.as_of:
        raise NotDeliverable(f"{name}: {done_on} has not come yet; deliver once it is done")
    if books.as_of > assignment.deliver_by:
        raise DeliveredLate(
            f"{name} took deliveries until {assignment.deliver_by}, and it is {books.as_of}; ask"
            " for a new task"
        )


def _quantity(
    assignment: TaskAssignment, task: Task, earlier: Sequence[TaskDelivery], given: Delivered
) -> int:
    left = left_of(task, earlier)
    quantity = left if given.quantity_e4 is None else given.quantity_e4
    if not 0 < quantity <= left:
        raise NotDeliverable(
            f"{assignment.reference}: {quantity_text(quantity)} cannot be delivered of"
            f" {quantity_text(left)} still to come; correct the quantity"
        )
    return quantity


def _refuse_evidence(books: Books, assignment: TaskAssignment, given: Delivered) -> None:
    name = assignment.reference
    if not given.files:
        raise NoEvidence(f"{name}: add the files that prove the work; the task says which")
    for title, data in given.files:
        if not 0 < len(data) <= LARGEST:
            raise NoEvidence(
                f"{name}: {PurePath(title).name[:80]!r} is empty or larger than"
                f" {LARGEST // 2**20} MiB; hand in another file"
            )
    asked = {sha256(data).hexdigest() for _, data in given.files}
    if len(asked) < len(given.files):
        raise NoEvidence(f"{name}: the same file is there twice; hand each in once")
    query = (
        select(TaskAssignment.reference)
        .join(TaskDelivery, col(TaskDelivery.task_assignment_id) == col(TaskAssignment.id))
        .join(TaskEvidence, col(TaskEvidence.task_delivery_id) == col(TaskDelivery.id))
        .where(col(TaskEvidence.sha256).in_(asked), col(TaskAssignment.id) != assignment.id)
    )
    other = books.session.exec(query).first()
    if other:
        raise NoEvidence(
            f"{name}: a file proved {other} before ({REUSED_EVIDENCE}); hand in what shows this"
            " work"
        )


def _keep(books: Books, delivery: TaskDelivery, name: PurePath, data: bytes) -> None:
    title = f"evidence of {delivery.reference}"
    books.enter(
        TaskEvidence(
            id=books.key(),
            task_delivery_id=delivery.id,
            name=name.name,
            sha256=keep(books, data, title, name.suffix.lower()[:10]),
            kept_at=books.now(),
        ),
        because=title,
    )
