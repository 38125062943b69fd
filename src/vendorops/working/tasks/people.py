"""Refuses people who may not take a task: minors, our own employees, and who has too much."""

from sqlmodel import col, or_, select

from vendorops.books import Books, vault
from vendorops.domain.lifecycle import TaskAssignmentStatus
from vendorops.domain.money import Money, total
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.identifiers import birth_date, tells_birth
from vendorops.tables import Employee, Party, Supplier, Task, TaskAssignment
from vendorops.working.tasks.posting import worth
from vendorops.working.tasks.rules import LIMITS, age_rule, years_old

GONE = (TaskAssignmentStatus.DECLINED, TaskAssignmentStatus.EXPIRED)
"""Assignments under which nothing was done; they count for no limit."""


class TooYoung(Refused):
    """The person is not of the age at which one may take a task."""


class OwnEmployee(Refused):
    """The person is employed by us, so it is paid by the payroll and not by task."""


class TooMuchForOne(Refused):
    """The person would take on more in a month than one may."""


def refuse_person(books: Books, supplier: Supplier, task: Task) -> None:
    """Refuse a task to a person who may not take it today; asks three rules in turn."""
    _refuse_minor(books, supplier, task)
    _refuse_employee(books, supplier)
    _refuse_too_much(books, supplier, task)


def _refuse_minor(books: Books, supplier: Supplier, task: Task) -> None:
    """Refuse somebody whose number tells that he is too young; the number is shown nowhere."""
    party = books.get(Party, supplier.party_id)
    if not tells_birth(party.identifier_scheme):
        return
    born = birth_date(party.identifier_scheme, vault.reveal(books, party, "identifier"))
    rule = age_rule(task.place).on(books.as_of)
    if years_old(born, books.as_of) < rule.youngest:
        raise TooYoung(
            f"{supplier.reference} is younger than {rule.youngest} on {books.as_of} and may not"
            f" take {task.reference} ({rule.cite}); give it to an adult"
        )


def employed(books: Books, party: Party) -> Employee | None:
    """Return the entry by which a party is employed by us today."""
    query = select(Employee).where(
        col(Employee.identifier_scheme) == party.identifier_scheme,
        col(Employee.identifier_index) == party.identifier_index,
        col(Employee.since) <= books.as_of,
        or_(col(Employee.until).is_(None), col(Employee.until) > books.as_of),
    )
    return books.session.exec(query).first()


def _refuse_employee(books: Books, supplier: Supplier) -> None:
    entry = employed(books, books.get(Party, supplier.party_id))
    if entry:
        raise OwnEmployee(
            f"{supplier.reference} is employed by us since {entry.since} and takes no tasks; pay"
            " extra work by the payroll, or correct the register with vendorops people employees"
        )


def _refuse_too_much(books: Books, supplier: Supplier, task: Task) -> None:
    limits, month = LIMITS.on(books.as_of), Period.month_of(task.deadline)
    query = (
        select(Task)
        .join(TaskAssignment, col(TaskAssignment.task_id) == col(Task.id))
        .where(
            col(TaskAssignment.supplier_id) == supplier.id,
            col(TaskAssignment.status).not_in(GONE),
            col(Task.deadline) >= month.start,
            col(Task.deadline) < month.end,
        )
    )
    known = list(books.session.exec(query))
    if len(known) >= limits.tasks:
        raise TooMuchForOne(
            f"{supplier.reference} has {len(known)} tasks due in {month.label}, and {limits.tasks}"
            f" are the most for one person ({limits.cite}); give {task.reference} to another"
        )
    most = limits.amount_minor.get(task.currency)
    same = [worth(each) for each in (*known, task) if each.currency == task.currency]
    asked = total(same, task.currency)
    if most is not None and asked.minor > most:
        raise TooMuchForOne(
            f"{supplier.reference} would have tasks for {asked} due in {month.label}, above"
            f" {Money(most, task.currency)} for one person ({limits.cite}); give"
            f" {task.reference} to another"
        )
