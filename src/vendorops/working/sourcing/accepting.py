"""What a candidate answers to an offer; who accepts becomes a worker of the supplier."""

from datetime import date

from vendorops.books import Books, log
from vendorops.books.moments import latest
from vendorops.documents import keep
from vendorops.documents.store import SUFFIX
from vendorops.domain.lifecycle import OfferStatus, RequisitionStatus, SubmissionStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Offer, Requisition, Submission, Supplier
from vendorops.working.placing import place_offered
from vendorops.working.sourcing.ending import end_offer, end_submission, fill_if_complete
from vendorops.working.sourcing.finding import offers_in
from vendorops.working.sourcing.hiring import worker_of
from vendorops.working.sourcing.offering import NoPositionLeft
from vendorops.working.sourcing.rights import refuse_no_buyer, refuse_no_supplier
from vendorops.working.sourcing.states import OPEN_OFFERS, refuse_unless


class NotAcceptable(Refused):
    """The offer can no longer be accepted, or not like this."""


def accept(books: Books, offer: str, proof: bytes, suffix: str = "") -> Offer:
    """Take a candidate's acceptance with its proof: he becomes a worker, the position is taken.

    The last position fills the requisition and ends what is left under it. Under a contract of
    recruitment the hire is a placement from here on.
    """
    log.lock(books.session)  # Of two who accept the last position, one comes first.
    row = books.named(Offer, offer)
    refuse_no_supplier(books, books.get(Supplier, row.supplier_id), "answer its offers")
    requisition = books.get(Requisition, row.requisition_id)
    _refuse_late(books, row, requisition, proof)
    submission = books.get(Submission, row.submission_id)
    worker = worker_of(books, submission, requisition)
    row.answered_at, row.answered_by = latest(books), books.actor
    known = suffix if SUFFIX.fullmatch(suffix) else ""
    row.answer_sha256 = keep(books, proof, f"acceptance of {row.reference}", known)
    row.worker_id = submission.worker_id = worker.id
    because = f"accepted by {worker.reference}, says {books.actor}"
    books.move(row, OfferStatus.ACCEPTED, because=because)
    submission.ended_at, submission.ended_by = row.answered_at, books.actor
    submission.ended_because = because
    books.move(submission, SubmissionStatus.ACCEPTED, because=row.reference)
    fill_if_complete(books, requisition, row)
    place_offered(books, row, worker)
    return row


def decline(books: Books, offer: str, because: str) -> Offer:
    """Note that the candidate said no: he is out of the requisition."""
    log.lock(books.session)
    row = books.named(Offer, offer)
    refuse_no_supplier(books, books.get(Supplier, row.supplier_id), "answer its offers")
    refuse_unless(row, (OfferStatus.RELEASED,), "declined")
    end_offer(books, row, OfferStatus.DECLINED, because)
    _let_go(books, row, f"the candidate declined {row.reference}: {because}")
    return row


def take_back(books: Books, offer: str, because: str) -> Offer:
    """Take an offer back that nobody has answered; the candidate stays and may be offered anew."""
    log.lock(books.session)
    refuse_no_buyer(books, "take offers back")
    row = books.named(Offer, offer)
    refuse_unless(row, OPEN_OFFERS, "taken back")
    end_offer(books, row, OfferStatus.WITHDRAWN, because)
    return row


def expire(books: Books, row: Offer) -> None:
    """Note that nobody answered an offer in time: the candidate is out of the requisition."""
    because = f"nobody accepted it by {row.expires_on}"
    end_offer(books, row, OfferStatus.EXPIRED, because)
    _let_go(books, row, f"{row.reference} expired: {because}")


def has_expired(row: Offer, today: date) -> bool:
    """Tell whether the last day on which an offer could be accepted is past."""
    return row.expires_on < today


def _refuse_late(books: Books, row: Offer, requisition: Requisition, proof: bytes) -> None:
    refuse_unless(row, (OfferStatus.RELEASED,), "accepted")
    if has_expired(row, books.as_of):
        raise NotAcceptable(
            f"{row.reference} could be accepted until {row.expires_on}; have it offered anew"
        )
    if not proof:
        raise NotAcceptable("the acceptance is empty; send what the candidate signed or wrote")
    taken = offers_in(books, requisition, (OfferStatus.ACCEPTED,))
    if requisition.status != RequisitionStatus.IN_PROGRESS or taken >= requisition.positions:
        raise NoPositionLeft(
            f"{requisition.reference} is {requisition.status}, and {taken} of its"
            f" {requisition.positions} positions are taken; nothing is left to accept"
        )


def _let_go(books: Books, row: Offer, because: str) -> None:
    submission = books.get(Submission, row.submission_id)
    if submission.status == SubmissionStatus.OFFERED:
        end_submission(books, submission, SubmissionStatus.WITHDRAWN, because)
