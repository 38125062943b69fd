"""Has tasks approved where the matrix asks, posts them, and ends them when nothing is left."""

from sqlmodel import and_, col, exists, or_, select

from vendorops.books import Books, Question, decided
from vendorops.books.foreseeing import foresee
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import TaskAssignmentStatus, TaskStatus
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.stages import Step
from vendorops.tables import LegalEntity, Task, TaskAssignment
from vendorops.working.tasks import worth

SUBJECT = Task
KIND = "task"
RUNNING = (
    TaskAssignmentStatus.OFFERED,
    TaskAssignmentStatus.ASSIGNED,
    TaskAssignmentStatus.SUBMITTED,
    TaskAssignmentStatus.REWORK,
    TaskAssignmentStatus.ACCEPTED,
)
"""Assignments of which something is still to come."""


def ready(books: Books) -> list[int]:
    """Return drafts, and tasks of which nothing is still to come."""
    running = select(TaskAssignment.id).where(
        col(TaskAssignment.task_id) == col(Task.id), col(TaskAssignment.status).in_(RUNNING)
    )
    full = col(Task.status) == TaskStatus.ASSIGNED
    late = and_(col(Task.status) == TaskStatus.POSTED, col(Task.deadline) < books.as_of)
    over = and_(or_(full, late), ~exists(running))
    query = select(Task.id).where(or_(col(Task.status) == TaskStatus.DRAFT, over))
    return list(books.session.exec(query.order_by(col(Task.id))))


def advance(books: Books, ident: int) -> Step:
    """Post a task, or end one of which nothing is still to come."""
    task = books.get(Task, ident)
    if task.status == TaskStatus.DRAFT:
        return _post(books, task)
    if task.status in (TaskStatus.POSTED, TaskStatus.ASSIGNED):
        _end(books, task)
    return Step.DONE


def _post(books: Books, task: Task) -> Step:
    if books.as_of > task.deadline:
        because = f"its deadline, {task.deadline}, passed before it was approved"
        withdraw(books, task, because)
        books.move(task, TaskStatus.REJECTED, because=because)
        return Step.DONE
    question = _question(books, task)
    because, content = "the approval matrix asks nobody", question.sha256
    if foresee(books, KIND, question.scope):
        decision = decided(books, question)
        if decision is None:
            return Step.WAITING
        because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
        if decision.answer != "approve":
            books.move(task, TaskStatus.REJECTED, because=because, content=content)
            return Step.DONE
    task.posted_on = books.as_of
    books.move(task, TaskStatus.POSTED, because=because, content=content)
    return Step.DONE


def _end(books: Books, task: Task) -> None:
    query = select(TaskAssignment.status).where(col(TaskAssignment.task_id) == task.id)
    found = list(books.session.exec(query))
    if any(status in RUNNING for status in found):
        return
    if task.status == TaskStatus.POSTED and books.as_of <= task.deadline:
        return
    if TaskAssignmentStatus.SETTLED in found:
        books.move(task, TaskStatus.SETTLED, because="everything accepted of it is settled")
    else:
        books.move(task, TaskStatus.EXPIRED, because="it ended with nothing accepted")


def _question(books: Books, task: Task) -> Question:
    each = worth(task)
    amount = Money(each.minor * task.slots, task.currency)
    return Question(
        kind=KIND,
        subject=task,
        content={
            "task": task.reference,
            "buyer": books.get(LegalEntity, task.legal_entity_id).code,
            "title": task.title,
            "brief": task.brief,
            "term": task.code,
            "price": price_text(task.price_e6),
            "most": quantity_text(task.most_e4),
            "slots": str(task.slots),
            "amount": repr(amount),
            "starts_on": task.starts_on.isoformat(),
            "deadline": task.deadline.isoformat(),
            "late_days": str(task.late_days),
            "reworks": str(task.reworks),
            "evidence": task.evidence,
            "category": task.category,
            "role": task.role,
            "site": task.site,
        },
        sentence=f"Post {task.reference}, {task.title}: {task.slots} slots of up to {each}, to be"
        f" delivered by {task.deadline}?",
        role="approver",
        amount=amount,
        program=task.program,
        place=task.place,
        not_by=(task.requested_by,),
    )
