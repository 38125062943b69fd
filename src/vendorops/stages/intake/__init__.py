"""Books the invoices, credit notes and statements that suppliers send, or says why not.

A file that can never be booked is rejected or quarantined; one that does not fit the books yet
stays received and is tried again with every run.
"""

from collections.abc import Sequence

from sqlmodel import col, or_, select

from vendorops.books import Books, log
from vendorops.documents import kept
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.claim_checks import check_claim
from vendorops.domain.lifecycle import ReceivedFileStatus
from vendorops.domain.refusal import Refused
from vendorops.gateways.child import Quarantined
from vendorops.gateways.claim_reading import read_claim, read_claims
from vendorops.stages import Step
from vendorops.stages.intake.booking import book
from vendorops.stages.intake.receiving import receive
from vendorops.tables import Event, ReceivedFile, Refusal, Row

__all__ = ["SUBJECT", "advance", "at_hand", "ready", "receive"]

SUBJECT = ReceivedFile
OWNER = "finance"
"""The role that sees to what is refused here."""
UNBOOKABLE = (ReceivedFileStatus.REJECTED, ReceivedFileStatus.QUARANTINED)
READ = "vendorops.intake.read"
"""Under which name a session keeps what was read ahead, by the key of the file."""
_TABLE = ReceivedFile.__name__.lower()


def ready(books: Books) -> list[int]:
    """Return the files not booked yet, and those refused for good of which nobody was told."""
    told = select(Refusal.subject_id).where(
        col(Refusal.stage) == "intake", col(Refusal.subject_table) == _TABLE
    )
    query = select(ReceivedFile.id).where(
        or_(
            col(ReceivedFile.status) == ReceivedFileStatus.RECEIVED.value,
            col(ReceivedFile.status).in_(UNBOOKABLE) & col(ReceivedFile.id).not_in(told),
        )
    )
    return list(books.session.exec(query.order_by(col(ReceivedFile.id))))


def advance(books: Books, ident: int) -> Step:
    """Read and book one file.

    What is wrong with the file itself is written down first, as its last state, and refused in
    the next step: a refusal undoes the step in which it is raised.
    """
    file = books.get(ReceivedFile, ident)
    if file.status in UNBOOKABLE:
        raise Refused(_why(books, file))
    if file.status != ReceivedFileStatus.RECEIVED:
        return Step.DONE
    try:
        claim = _read(books, file)
        check_claim(claim)
    except Refused as refusal:
        unsafe = isinstance(refusal, Quarantined)
        after = ReceivedFileStatus.QUARANTINED if unsafe else ReceivedFileStatus.REJECTED
        books.move(file, after, because=str(refusal))
        return Step.AGAIN
    log.lock(books.session)  # One at a time: two claims of one number must not both be new.
    books.session.refresh(file)
    if file.status != ReceivedFileStatus.RECEIVED:
        return Step.DONE  # Another run booked it while we read.
    invoice = book(books, file, claim)
    books.move(file, ReceivedFileStatus.BOOKED, because=f"booked as {invoice.reference}")
    return Step.DONE


def at_hand(books: Books, idents: Sequence[int]) -> Sequence[Row]:
    """Read many files ahead, in a few children instead of one for each."""
    query = select(ReceivedFile).where(
        col(ReceivedFile.id).in_(idents),
        col(ReceivedFile.status) == ReceivedFileStatus.RECEIVED.value,
    )
    files = books.session.exec(query.order_by(col(ReceivedFile.id))).all()
    datas = ((kept(books, file.sha256), file.name) for file in files)
    read = zip(files, read_claims(datas), strict=True)
    books.session.info[READ] = {file.id: outcome for file, outcome in read}
    return files


def _read(books: Books, file: ReceivedFile) -> ClaimDocument:
    """Return what a file says: as it was read ahead, or reading it now."""
    ahead: dict[int, ClaimDocument | Refused] = books.session.info.get(READ, {})
    if file.id not in ahead:
        return read_claim(kept(books, file.sha256), file.name)
    outcome = ahead[file.id]
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def _why(books: Books, file: ReceivedFile) -> str:
    """Return the reason with which a file was moved to its last state."""
    query = select(Event.reason).where(
        col(Event.subject_table) == _TABLE,
        col(Event.subject_id) == file.id,
        col(Event.after) == file.status,
    )
    return books.session.exec(query).one()
