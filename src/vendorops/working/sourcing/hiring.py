"""Makes a worker of a supplier out of a candidate: one row for one person at one supplier."""

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.domain.lifecycle import WorkerStatus
from vendorops.tables import Requisition, Submission, Worker

COLUMN, RETENTION = "identifier", "identity"
"""Under which the vault keeps a worker's number, as it keeps a candidate's."""


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
    row = Worker(
        id=books.key(),
        reference=books.reference("WKR"),
        supplier_id=submission.supplier_id,
        name=submission.candidate_name,
        place=requisition.place,
        identifier_scheme=submission.identifier_scheme,
        identifier_masked=submission.identifier_masked,
        identifier_index=submission.candidate_key,
        born_on=submission.born_on,
        email=submission.email,
    )
    worker = books.enter(row, because=f"candidate of {submission.reference}")
    books.record("revealed", submission, f"its number, for {row.reference}")
    number = vault.reveal(books, submission, COLUMN)
    vault.keep(books, worker, COLUMN, number, retention=RETENTION)
    return worker
