"""Has a buyer decide which freelancers get a task; who may not have it is refused."""

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import TaskApplicationStatus, TaskStatus
from vendorops.stages import Step
from vendorops.tables import Party, Supplier, Task, TaskApplication
from vendorops.working.tasks import engage, taken, worth

SUBJECT = TaskApplication


def ready(books: Books) -> list[int]:
    """Return the applications that nobody has decided on."""
    query = select(TaskApplication.id).where(
        col(TaskApplication.status) == TaskApplicationStatus.APPLIED
    )
    return list(books.session.exec(query.order_by(col(TaskApplication.id))))


def advance(books: Books, ident: int) -> Step:
    """Ask who gets a slot, or offer it to whom it was given.

    Raises what `engage` raises where the freelancer may not have it any more.
    """
    row = books.get(TaskApplication, ident)
    if row.status != TaskApplicationStatus.APPLIED:
        return Step.DONE
    task, supplier = books.get(Task, row.task_id), books.get(Supplier, row.supplier_id)
    gone = _gone(books, task)
    if gone:
        withdraw(books, row, gone)
        books.move(row, TaskApplicationStatus.LAPSED, because=gone)
        return Step.DONE
    decision = decided(books, _question(books, row, task, supplier))
    if decision is None:
        return Step.WAITING
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    after = TaskApplicationStatus.TURNED_DOWN
    if decision.answer == "approve":
        engage(books, task, supplier, str(decision.answered_by), row)
        after = TaskApplicationStatus.TAKEN
    books.move(row, after, because=because, content=decision.content_sha256)
    return Step.DONE


def _gone(books: Books, task: Task) -> str:
    """Return why a task can be given to nobody any more; nothing where it can."""
    if task.status not in (TaskStatus.POSTED, TaskStatus.ASSIGNED):
        return f"{task.reference} is {task.status}"
    if taken(books, task) >= task.slots:
        return f"all {task.slots} slots of {task.reference} are taken"
    if books.as_of > task.deadline:
        return f"{task.reference} was to be delivered by {task.deadline}"
    return ""


def _question(books: Books, row: TaskApplication, task: Task, supplier: Supplier) -> Question:
    party = books.get(Party, supplier.party_id)
    return Question(
        kind="task_application",
        subject=row,
        content={
            "application": row.reference,
            "task": task.reference,
            "title": task.title,
            "supplier": supplier.reference,
            "note": row.note,
            "amount": repr(worth(task)),
            "deadline": task.deadline.isoformat(),
        },
        sentence=f"Give {task.reference}, {task.title}, up to {worth(task)}, to {party.name}"
        f" ({supplier.reference})?",
        role="buyer",
        party_id=party.id,
        amount=worth(task),
        program=task.program,
        place=task.place,
        not_by=(row.applied_by,),
    )
