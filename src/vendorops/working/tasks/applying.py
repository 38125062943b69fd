"""Takes in that a freelancer wants a task; a buyer decides who gets it."""

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.tables import Person, Supplier, Task, TaskApplication
from vendorops.working.tasks.engaging import NotTakeable, TakenTwice, refuse_unfit


def apply_for(books: Books, task: Task, supplier: Supplier, note: str = "") -> TaskApplication:
    """Enter an application in the name of a freelancer's own person, or of one of ours.

    Raises TakenTwice for a second one, and what `engage` raises where the task could not be his.
    """
    log.lock(books.session)
    refuse_others(books, supplier)
    query = select(TaskApplication).where(
        col(TaskApplication.task_id) == task.id, col(TaskApplication.supplier_id) == supplier.id
    )
    known = books.session.exec(query).first()
    if known:
        raise TakenTwice(
            f"{supplier.reference} applied for {task.reference} with {known.reference} already"
            f" ({known.status}); one application is enough"
        )
    refuse_unfit(books, task, supplier)
    return books.enter(
        TaskApplication(
            id=books.key(),
            reference=books.reference("APL"),
            task_id=task.id,
            supplier_id=supplier.id,
            note=note,
            applied_by=books.actor,
            applied_on=books.as_of,
        ),
        because=f"{supplier.reference} wants {task.reference}",
    )


def refuse_others(books: Books, supplier: Supplier) -> None:
    """Refuse who is nobody we know, or belongs to another supplier."""
    person = books.session.exec(
        select(Person).where(col(Person.handle) == books.actor)
    ).one_or_none()
    if person is None or person.party_id not in (None, supplier.party_id):
        raise NotTakeable(
            f"{books.actor} acts neither for {supplier.reference} nor for us; use the handle of"
            " its own person"
        )
