"""Makes a worker of a supplier out of a candidate: one row for one person at one supplier."""

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.domain.lifecycle import WorkerStatus
from vendorops.tables import Requisition, Submission, Supplier, Worker
from vendorops.working.workers import COLUMN, NumberForm, WorkerForm, register_worker


def worker_of(books: Books, submission: Submission, requisition: Requisition) -> Worker:
    """Return the worker a candidate is from now on; a known one of the supplier is the same."""
    known = select(Worker).where(
        col(Worker.supplier_id) == submission.supplier_id,
        col(Worker.identifier_scheme) == submission.identifier_scheme,
        col(Worker.identifier_index) == submission.candidate_key,
    )
    worker = books.session.exec(known).one_or_none()
    if worker is None:
        return _enter(books, submission, requisition)
    if worker.status == WorkerStatus.INACTIVE:
        books.move(worker, WorkerStatus.ACTIVE, because=f"accepted by {submission.reference}")
    return worker


def _enter(books: Books, submission: Submission, requisition: Requisition) -> Worker:
    """Register a candidate who is new to the supplier, under the number it gave for him."""
    number = vault.reveal(books, submission, COLUMN)
    form = WorkerForm(
        name=submission.candidate_name,
        place=requisition.place,
        identifier=NumberForm(scheme=submission.identifier_scheme, number=number),
        born_on=submission.born_on,
        email=submission.email,
    )
    worker = register_worker(books, books.get(Supplier, submission.supplier_id), form)
    books.record("revealed", submission, f"its number, for {worker.reference}")
    return worker
