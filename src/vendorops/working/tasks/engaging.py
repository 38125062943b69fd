"""Gives slots of tasks to freelancers: who may have one, and the task order that is its paper."""

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.domain.lifecycle import ContractStatus, TaskAssignmentStatus, TaskStatus
from vendorops.domain.periods import DAY
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import (
    Contract,
    Supplier,
    Task,
    TaskApplication,
    TaskAssignment,
    WorkOrder,
)
from vendorops.working.ordering import LineWanted, Wanted, place_order
from vendorops.working.tasks.people import refuse_person
from vendorops.working.tasks.posting import refuse_stranger, worth
from vendorops.working.tasks.rules import REWORK_DAYS

KINDS = {"task": "event", "hour": "time", "piece": "unit"}
"""What kind of order line prices a term."""


class NotTakeable(Refused):
    """The task is not open, or not to this supplier."""


class SlotsTaken(NotTakeable):
    """Every slot of the task is somebody's already."""


class TakenTwice(NotTakeable):
    """The freelancer asked for the task before, or has it."""


class NoContract(NotTakeable):
    """The supplier has no freelance contract in force under which the task could be ordered."""


def assign(books: Books, task: Task, supplier: Supplier) -> TaskAssignment:
    """Give a slot to a freelancer without an application; one of our own people does."""
    log.lock(books.session)
    refuse_stranger(books)
    return engage(books, task, supplier, books.actor)


def engage(
    books: Books,
    task: Task,
    supplier: Supplier,
    assigned_by: str,
    application: TaskApplication | None = None,
) -> TaskAssignment:
    """Offer a slot to a freelancer: a task order in draft, which waits for his signature.

    Raises NotTakeable and its kinds, TooYoung, OwnEmployee, TooMuchForOne, and what the checks of
    orders raise, such as a sum of orders above the contract's cap.
    """
    log.lock(books.session)  # Two people must not both take the last slot.
    contract = refuse_unfit(books, task, supplier)
    _refuse_twice(books, task, supplier)
    order = place_order(books, contract, _wanted(books, task, contract))
    row = books.enter(
        TaskAssignment(
            id=books.key(),
            reference=order.reference,
            task_id=task.id,
            supplier_id=supplier.id,
            contract_id=contract.id,
            work_order_id=order.id,
            application_id=application.id if application else None,
            assigned_by=assigned_by,
            assigned_on=books.as_of,
            deliver_by=task.deadline + timedelta(days=task.late_days),
        ),
        because=f"{task.reference} offered to {supplier.reference}",
    )
    if taken(books, task) == task.slots:
        books.move(task, TaskStatus.ASSIGNED, because=f"all {task.slots} slots are taken")
    return row


def refuse_unfit(books: Books, task: Task, supplier: Supplier) -> Contract:
    """Refuse a task that is not open, or not to this supplier; return the contract it is under."""
    if task.status not in (TaskStatus.POSTED, TaskStatus.ASSIGNED):
        raise NotTakeable(f"{task.reference} is {task.status}, not posted; only posted ones are")
    if taken(books, task) >= task.slots:
        raise SlotsTaken(f"{task.reference} offers {task.slots} slots, and all are taken")
    if books.as_of > task.deadline:
        raise NotTakeable(f"{task.reference} was to be delivered by {task.deadline}; post it anew")
    contract = contract_for(books, task, supplier)
    refuse_person(books, supplier, task)
    return contract


def taken(books: Books, task: Task) -> int:
    """Return how many slots are somebody's: all that were offered, but for those declined."""
    query = select(func.count()).where(
        col(TaskAssignment.task_id) == task.id,
        col(TaskAssignment.status) != TaskAssignmentStatus.DECLINED.value,
    )
    return int(books.session.exec(query).one())


def contract_for(books: Books, task: Task, supplier: Supplier) -> Contract:
    """Return the contract in force under which a task is ordered of a supplier."""
    if supplier.kind not in program(task.program).supplier_kinds:
        raise NoContract(
            f"{supplier.reference} is a supplier of kind {supplier.kind}, not a freelancer"
        )
    query = select(Contract).where(
        col(Contract.supplier_id) == supplier.id,
        col(Contract.program) == task.program,
        col(Contract.place) == task.place,
        col(Contract.legal_entity_id) == task.legal_entity_id,
        col(Contract.currency) == task.currency,
        col(Contract.status) == ContractStatus.EFFECTIVE.value,
    )
    found = books.session.exec(query.order_by(col(Contract.id))).first()
    if found is None:
        raise NoContract(
            f"{supplier.reference} has no freelance contract in force in {task.place} and"
            f" {task.currency}; have one signed before {task.reference} is given to it"
        )
    return found


def _refuse_twice(books: Books, task: Task, supplier: Supplier) -> None:
    query = select(TaskAssignment).where(
        col(TaskAssignment.task_id) == task.id, col(TaskAssignment.supplier_id) == supplier.id
    )
    known = books.session.exec(query).first()
    if known:
        raise TakenTwice(
            f"{supplier.reference} has {known.reference} of {task.reference} already"
            f" ({known.status}); one slot is for one person"
        )


def _wanted(books: Books, task: Task, contract: Contract) -> Wanted:
    """Return the order of one slot; it leaves time for late and repeated deliveries."""
    extra = task.late_days + task.reworks * REWORK_DAYS.on(books.as_of)
    last = task.deadline + timedelta(days=extra)
    line = LineWanted(
        code=task.code,
        kind=KINDS[task.code],
        description=task.title,
        price_e6=task.price_e6,
        most_e4=task.most_e4,
        due_on=task.deadline,
    )
    return Wanted(
        form="task_order",
        title=task.title,
        starts_on=max(task.starts_on, books.as_of),
        ends_on=min(last + DAY, max(contract.ends_on, task.deadline + DAY)),
        budget_minor=worth(task).minor,
        lines=[line],
        role=task.role,
        site=task.site,
    )


def order_of(books: Books, assignment: TaskAssignment) -> WorkOrder:
    """Return the order that an assignment is under."""
    return books.get(WorkOrder, assignment.work_order_id)
