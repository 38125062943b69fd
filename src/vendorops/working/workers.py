"""Registers the people who work for suppliers: once per supplier, their numbers in the vault.

Every stage that puts people to work takes them in here. What makes somebody look like a person we
know already is kept as findings about the new row, for whoever proposes or places people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import col, select

from vendorops.books import Books, log, vault
from vendorops.books.standing import STOPPED
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Code, Email
from vendorops.domain.finding import Finding, Level
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier, masked
from vendorops.tables import CheckFinding, Supplier, Worker

COLUMN, RETENTION = "identifier", "identity"
"""Under which the vault keeps a person's number."""
ELSEWHERE = "person-known-elsewhere"
"""The same number is registered by another supplier too."""
ANOTHER_NAME = "number-of-another-name"
ALIKE = "person-like-another"
"""The same name and day of birth under another number."""


class NotRegistrable(Refused):
    """The person cannot be registered as given, or not by this supplier."""


class NumberForm(Form):
    """The number a person is known under."""

    scheme: Code
    """A module of identifiers/, such as `cn_ric`."""
    number: Words


class WorkerForm(Form):
    """A person as a supplier registers him (HR Open `Worker`)."""

    name: Words
    place: Code
    identifier: NumberForm
    born_on: IsoDay | None = None
    """Taken from the number where the number says it."""
    email: Email | Literal[""] = ""


@dataclass(frozen=True)
class _Known:
    """A number in its canonical spelling, as rows keep it."""

    number: str
    index: str
    born_on: date | None


def register_worker(books: Books, supplier: Supplier, form: WorkerForm) -> Worker:
    """Return a supplier's worker, entering him where he is new; a known one keeps his name.

    Refused: a supplier we stopped, a number that is wrong, a day of birth that the number denies.
    """
    log.lock(books.session)
    if supplier.status in STOPPED:
        raise NotRegistrable(
            f"{supplier.reference} is {supplier.status} and registers nobody; ask procurement"
        )
    known = _known(books, form)
    worker = _registered(books, supplier, form, known) or _enter(books, supplier, form, known)
    for found in _findings(books, worker, form):
        _note(books, worker, found)
    return worker


def same_person(books: Books, worker: Worker) -> list[Worker]:
    """Return the rows of the same number at other suppliers, oldest first."""
    query = select(Worker).where(
        col(Worker.identifier_scheme) == worker.identifier_scheme,
        col(Worker.identifier_index) == worker.identifier_index,
        col(Worker.supplier_id) != worker.supplier_id,
    )
    return list(books.session.exec(query.order_by(col(Worker.id))))


def findings_about(books: Books, worker: Worker) -> list[CheckFinding]:
    """Return what makes a worker look like somebody else we know, in the order it was found."""
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == "worker", col(CheckFinding.subject_id) == worker.id
    )
    return list(books.session.exec(query.order_by(col(CheckFinding.id))))


def _known(books: Books, form: WorkerForm) -> _Known:
    scheme = identifier(form.identifier.scheme)
    number = scheme.check(form.identifier.number)
    says = getattr(scheme, "born_on", None)
    told: date | None = says(number) if says else None
    if told and form.born_on and told != form.born_on:
        raise NotRegistrable(
            "born_on: the number says another day of birth; compare both with the identity card"
        )
    index = vault.blind_index(books, number, form.identifier.scheme)
    return _Known(number, index, told or form.born_on)


def _registered(
    books: Books, supplier: Supplier, form: WorkerForm, known: _Known
) -> Worker | None:
    query = select(Worker).where(
        col(Worker.supplier_id) == supplier.id,
        col(Worker.identifier_scheme) == form.identifier.scheme,
        col(Worker.identifier_index) == known.index,
    )
    return books.session.exec(query).one_or_none()


def _enter(books: Books, supplier: Supplier, form: WorkerForm, known: _Known) -> Worker:
    row = Worker(
        id=books.key(),
        reference=books.reference("WKR"),
        supplier_id=supplier.id,
        name=form.name,
        place=form.place,
        identifier_scheme=form.identifier.scheme,
        identifier_masked=masked(known.number),
        identifier_index=known.index,
        born_on=known.born_on,
        email=form.email,
    )
    worker = books.enter(row, because=f"registered by {supplier.reference}")
    vault.keep(books, worker, COLUMN, known.number, retention=RETENTION)
    return worker


def _findings(books: Books, worker: Worker, form: WorkerForm) -> Iterator[Finding]:
    if form.name != worker.name:
        message = f"now given as {form.name}; its number is known as that of {worker.name}"
        yield Finding(ANOTHER_NAME, Level.WARNING, worker.reference, message)
    for other in same_person(books, worker):
        message = f"the same number is {other.reference} of another supplier, {other.name}"
        yield Finding(ELSEWHERE, Level.WARNING, other.reference, message)
    for other in _namesakes(books, worker):
        message = f"the name and day of birth of {other.reference} under another number"
        yield Finding(ALIKE, Level.WARNING, other.reference, message)


def _namesakes(books: Books, worker: Worker) -> list[Worker]:
    if worker.born_on is None:
        return []
    query = select(Worker).where(
        col(Worker.name) == worker.name,
        col(Worker.born_on) == worker.born_on,
        col(Worker.identifier_index) != worker.identifier_index,
    )
    return list(books.session.exec(query.order_by(col(Worker.id))))


def _note(books: Books, worker: Worker, found: Finding) -> None:
    told = {(row.code, row.place_in_source) for row in findings_about(books, worker)}
    if (found.code, found.where) in told:
        return
    row = CheckFinding(
        id=books.key(),
        subject_table="worker",
        subject_id=worker.id,
        code=found.code,
        level=found.level,
        place_in_source=found.where,
        message=found.message,
        found_on=books.as_of,
    )
    books.enter(row)
