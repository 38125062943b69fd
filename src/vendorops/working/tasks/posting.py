"""Enters tasks that somebody of ours asks for; they are open to freelancers once posted."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from sqlmodel import col, select

from vendorops.books import Books, content_sha256, log
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.domain.measure import (
    PRICE_PLACES,
    extended,
    extended_in_parts,
    price_e6,
    quantity_e4,
)
from vendorops.domain.money import Money, exponent
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import LegalEntity, Person, Task
from vendorops.working.tasks.rules import WORDING, said_beyond, weight

Count = Annotated[str, Field(pattern="^[0-9]{1,4}$")]
ONE_E4 = 10_000


class BadTask(Refused):
    """The task cannot be posted as it stands."""


class BackDated(BadTask):
    """Work would lie before the day on which it was asked for or ordered."""


class VagueTask(BadTask):
    """The title or brief fits any work, so nobody can tell whether it was done."""


class PostForm(Form):
    """A task as the person who needs it writes it down."""

    key: Words = ""
    """Tells two tasks apart that are alike in everything else."""
    title: Words
    brief: Annotated[str, Field(max_length=800)]
    term: Literal["task", "hour", "piece"] = "task"
    price: Words
    """Of the task, or of an hour or piece."""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    quantity: Words = "1"
    """Most that is accepted of one slot; 1 for a task at a fixed price."""
    slots: Count = "1"
    starts_on: IsoDay
    deadline: IsoDay
    late_days: Count = "0"
    reworks: Count = "1"
    evidence: Words
    category: Words
    role: str = ""
    site: Annotated[str, Field(max_length=200)] = ""
    place: Annotated[str, Field(pattern="^[a-z]{2}$")]
    buyer: Words
    """Code of our company that orders, such as `XH`."""


def post(books: Books, form: PostForm) -> Task:
    """Enter a task in draft; the same form again is the same task.

    Raises BackDated, VagueTask, or BadTask with what else is wrong.
    """
    log.lock(books.session)  # Two runs must not both find it new.
    digest = content_sha256(form.model_dump(mode="json"))
    known = books.session.exec(select(Task).where(col(Task.given_sha256) == digest)).one_or_none()
    if known:
        return known
    refuse_stranger(books)
    _refuse_vague(form, books.as_of)
    row = _row(books, form, digest)
    _refuse_days(form, books.as_of)
    most = worth(row)
    return books.enter(row, because=f"{row.slots} slots of up to {most}, by {row.deadline}")


def worth(task: Task) -> Money:
    """Return the most that one slot of a task comes to, without tax.

    It may be accepted in one part more than it may be delivered again, each rounded by itself.
    """
    units, price = task.most_e4, task.price_e6
    even = units % ONE_E4 == 0 and price % 10 ** (PRICE_PLACES - exponent(task.currency)) == 0
    return extended_in_parts(units, price, task.currency, 1 if even else task.reworks + 1)


def refuse_stranger(books: Books) -> None:
    """Refuse whoever is not one of our own people."""
    known = select(Person).where(col(Person.handle) == books.actor)
    person = books.session.exec(known).one_or_none()
    if person is None or person.party_id is not None:
        raise BadTask(f"{books.actor} is nobody of ours; one of our people posts and assigns")


def _refuse_days(form: PostForm, today: date) -> None:
    if form.starts_on < today:
        raise BackDated(
            f"starts_on: {form.starts_on} lies before today, {today}; a task begins on the day it "
            "is asked for or later, and what was done before is not ordered now"
        )
    if form.deadline < form.starts_on:
        raise BackDated(
            f"deadline: {form.deadline} lies before the first day, {form.starts_on}; give a later"
            " one"
        )


def _refuse_vague(form: PostForm, today: date) -> None:
    wording = WORDING.on(today)
    for name, text, least in (
        ("title", form.title, wording.title),
        ("brief", form.brief, wording.brief),
    ):
        found = said_beyond(text, wording) if name == "title" else weight(text)
        if found < least:
            raise VagueTask(
                f"{name}: {text[:60]!r} fits any work ({wording.cite}); say what is to be done, of"
                " what, and how much"
            )


def _row(books: Books, form: PostForm, digest: str) -> Task:
    price, most = price_e6(form.price), quantity_e4(form.quantity)
    if price <= 0 or most <= 0 or int(form.slots) == 0:
        raise BadTask("price, quantity and slots must be above nothing; correct them")
    if form.term == "task" and most != ONE_E4:
        raise BadTask(
            "quantity: a task at a fixed price is one; price it by hour or piece instead"
        )
    extended(most * int(form.slots), price, form.currency)  # Refuses what cannot be multiplied.
    program("freelance").term(form.term)
    buyer = select(LegalEntity).where(col(LegalEntity.code) == form.buyer)
    entity = books.session.exec(buyer).one_or_none()
    if entity is None:
        raise BadTask(f"buyer: none of our companies is called {form.buyer!r}; give its code")
    return Task(
        id=books.key(),
        reference=books.reference("TSK"),
        given_sha256=digest,
        legal_entity_id=entity.id,
        program="freelance",
        place=form.place,
        title=form.title,
        brief=form.brief,
        code=form.term,
        currency=form.currency,
        price_e6=price,
        most_e4=most,
        slots=int(form.slots),
        starts_on=form.starts_on,
        deadline=form.deadline,
        late_days=int(form.late_days),
        reworks=int(form.reworks),
        evidence=form.evidence,
        category=form.category,
        role=form.role,
        site=form.site,
        requested_by=books.actor,
        requested_on=books.as_of,
    )
