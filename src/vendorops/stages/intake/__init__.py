"""Books the invoices, credit notes and statements that suppliers send, or says why not.

A mail or archive is opened, and what lies in it is received file by file. A file that may be a
claim but is not certain is reviewed: finance says what it claims, and that is booked. A file that
can never be booked is rejected or quarantined; one that does not fit the books yet is tried again
with every run. What official rules say of a file is kept with its last state (`verdicts`).
"""

from collections.abc import Sequence

from sqlmodel import col, or_, select

from vendorops.books import Books, log
from vendorops.books.parts import part
from vendorops.books.questions import OPEN
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.claim_suggestion import NeedsReview
from vendorops.domain.lifecycle import ReceivedFileStatus
from vendorops.domain.refusal import Refused, Unsafe
from vendorops.gateways.child import Quarantined
from vendorops.gateways.claim_judging import Judgement
from vendorops.stages import Step
from vendorops.stages.intake.booking import book
from vendorops.stages.intake.opening import inside, open_up
from vendorops.stages.intake.reading import judgement_of, read_ahead, reading_of, unread
from vendorops.stages.intake.receiving import receive
from vendorops.stages.intake.reviewing import (
    KIND,
    answer_of,
    claim_in,
    overtaken,
    read_again,
    to_review,
)
from vendorops.stages.intake.verdicts import certain, keep_verdicts
from vendorops.tables import (
    Decision,
    Event,
    ReceivedFile,
    Refusal,
    Row,
    StatementLayout,
    SuggestedClaim,
)

__all__ = ["SUBJECT", "advance", "at_hand", "inside", "ready", "receive"]

SUBJECT = ReceivedFile
OWNER = "finance"
"""The role that sees to what is refused here."""
UNBOOKABLE = (ReceivedFileStatus.REJECTED, ReceivedFileStatus.QUARANTINED)
_TABLE = ReceivedFile.__name__.lower()


def ready(books: Books) -> list[int]:
    """Return the files not booked yet, and those refused for good of which nobody was told.

    Of those in review, the ones about which no question is open, or a mapping was saved since.
    """
    told = select(Refusal.subject_id).where(
        col(Refusal.stage) == "intake", col(Refusal.subject_table) == _TABLE
    )
    asked = select(Decision.subject_id).where(
        col(Decision.subject_table) == _TABLE,
        col(Decision.kind) == KIND,
        col(Decision.status).in_(OPEN),
    )
    mapped = (
        select(SuggestedClaim.received_file_id)
        .join(
            StatementLayout,
            col(StatementLayout.layout_sha256) == col(SuggestedClaim.layout_sha256),
        )
        .where(col(StatementLayout.id) > col(SuggestedClaim.id))
    )
    answered = or_(col(ReceivedFile.id).not_in(asked), col(ReceivedFile.id).in_(mapped))
    query = select(ReceivedFile.id).where(
        or_(
            col(ReceivedFile.status) == ReceivedFileStatus.RECEIVED.value,
            (col(ReceivedFile.status) == ReceivedFileStatus.IN_REVIEW.value) & answered,
            col(ReceivedFile.status).in_(UNBOOKABLE) & col(ReceivedFile.id).not_in(told),
        )
    )
    return list(books.session.exec(query.order_by(col(ReceivedFile.id))))


def advance(books: Books, ident: int) -> Step:
    """Read and book one file, open it where it holds others, or have it reviewed.

    What is wrong with the file itself is written down first, as its last state, and refused in
    the next step: a refusal undoes the step in which it is raised.
    """
    file = books.get(ReceivedFile, ident)
    if file.status in UNBOOKABLE:
        raise Refused(_why(books, file))
    if file.status == ReceivedFileStatus.IN_REVIEW:
        return _reviewed(books, file)
    if file.status != ReceivedFileStatus.RECEIVED:
        return Step.DONE
    judgement = judgement_of(books, file)
    try:
        _refuse_empty(file)
        found = reading_of(books, file, judgement)
        if found.read.container:
            with part(books):  # What was taken out of it goes if the rest is refused.
                open_up(books, file, found.read.container)
            return Step.DONE
        claim = certain(books, judgement, found.read)
    except NeedsReview as doubt:
        to_review(books, file, doubt.suggestion, found.read.layout)
        return Step.AGAIN
    except Refused as refusal:
        unsafe = isinstance(refusal, Quarantined | Unsafe)
        after = ReceivedFileStatus.QUARANTINED if unsafe else ReceivedFileStatus.REJECTED
        books.move(file, after, because=str(refusal))
        keep_verdicts(books, file, judgement)
        return Step.AGAIN
    by = f", its columns read by {found.mapping.reference}" if found.mapping else ""
    return _booked(books, file, claim, by, judgement)


def _refuse_empty(file: ReceivedFile) -> None:
    if not file.size:
        raise Refused("the file is empty; ask for it again")


def _reviewed(books: Books, file: ReceivedFile) -> Step:
    """Book what a person said a file claims, or reject it; ask, where nobody did."""
    if overtaken(books, file):
        read_again(books, file, "a mapping was saved for its layout; read again")
        return Step.AGAIN
    decision = answer_of(books, file)
    if decision is None:
        return Step.WAITING
    if decision.answer == "reject":
        because = f"rejected in {decision.reference}: {decision.reason}"
        books.move(file, ReceivedFileStatus.REJECTED, because=because)
        return Step.AGAIN
    by = f", entered by {decision.answered_by} in {decision.reference}"
    return _booked(books, file, claim_in(books, file, decision), by)


def _booked(
    books: Books,
    file: ReceivedFile,
    claim: ClaimDocument,
    by: str,
    judgement: Judgement | None = None,
) -> Step:
    log.lock(books.session)  # One at a time: two claims of one number must not both be new.
    before = file.status
    books.session.refresh(file)
    if file.status != before:
        return Step.DONE  # Another run booked it while we read.
    invoice = book(books, file, claim)
    if judgement:
        keep_verdicts(books, file, judgement)
    books.move(file, ReceivedFileStatus.BOOKED, because=f"booked as {invoice.reference}{by}")
    return Step.DONE


def at_hand(books: Books, idents: Sequence[int]) -> Sequence[Row]:
    """Read many files ahead and have them judged, in a few children instead of one for each."""
    files = unread(books, idents)
    read_ahead(books, files)
    return files


def _why(books: Books, file: ReceivedFile) -> str:
    """Return the reason with which a file was moved to its last state."""
    query = select(Event.reason).where(
        col(Event.subject_table) == _TABLE,
        col(Event.subject_id) == file.id,
        col(Event.after) == file.status,
    )
    return books.session.exec(query).one()
