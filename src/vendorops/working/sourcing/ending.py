"""Ends submissions and requisitions with all that hangs on them, and says why."""

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.books.moments import latest
from vendorops.books.withdrawing import withdraw as void
from vendorops.domain.lifecycle import (
    DistributionStatus,
    InterviewStatus,
    OfferStatus,
    RequisitionStatus,
    SubmissionStatus,
)
from vendorops.tables import Offer, Requisition, Submission
from vendorops.working.sourcing.finding import (
    distributions_of,
    interviews_of,
    offers_in,
    offers_of,
    submissions_of,
)
from vendorops.working.sourcing.rights import refuse_no_buyer
from vendorops.working.sourcing.states import (
    LIVE,
    OPEN_INTERVIEWS,
    OPEN_OFFERS,
    UNANSWERED,
    refuse_unless,
)

ENDS = {
    RequisitionStatus.CANCELLED: "cancel",
    RequisitionStatus.CLOSED: "close",
}


def stop(books: Books, requisition: str, after: RequisitionStatus, because: str) -> Requisition:
    """Cancel or close a requisition by a buyer's word, with all that is still open under it."""
    log.lock(books.session)
    refuse_no_buyer(books, f"{ENDS[after]} a requisition")
    row = books.named(Requisition, requisition)
    states = [state for state in RequisitionStatus if after in state.follows]
    refuse_unless(row, states, after)
    end_requisition(books, row, after, because)
    return row


def end_requisition(
    books: Books, row: Requisition, after: RequisitionStatus, because: str
) -> None:
    """End a requisition: questions are taken back, candidates rejected, suppliers let go."""
    void(books, row, because)
    told = f"{row.reference} is {after}: {because}"
    for submission in submissions_of(books, row):
        if submission.status in LIVE:
            end_submission(books, submission, SubmissionStatus.REJECTED, told)
    for distribution in distributions_of(books, row):
        if distribution.status in UNANSWERED:
            distribution.ended_at, distribution.ended_because = latest(books), told
            books.move(distribution, DistributionStatus.CANCELLED, because=told)
    row.ended_at, row.ended_by, row.ended_because = latest(books), books.actor, because
    books.move(row, after, because=because)


def fill_if_complete(books: Books, row: Requisition, by: Offer) -> None:
    """Fill a requisition whose last position was taken, and end what is left under it."""
    if offers_in(books, row, (OfferStatus.ACCEPTED,)) < row.positions:
        return
    row.filled_at = by.answered_at
    end_requisition(books, row, RequisitionStatus.FILLED, f"{by.reference} took the last position")


def end_submission(books: Books, row: Submission, after: SubmissionStatus, because: str) -> None:
    """End a submission: its meetings are cancelled and its offers taken back."""
    for interview in interviews_of(books, row):
        if interview.status in OPEN_INTERVIEWS:
            interview.ended_at, interview.ended_by = latest(books), books.actor
            books.move(interview, InterviewStatus.CANCELLED, because=because)
    for offer in offers_of(books, row):
        if offer.status in OPEN_OFFERS:
            end_offer(books, offer, OfferStatus.WITHDRAWN, because)
    row.ended_at, row.ended_by, row.ended_because = latest(books), books.actor, because
    books.move(row, after, because=because)


def end_offer(books: Books, row: Offer, after: OfferStatus, because: str) -> None:
    """End an offer that is not accepted; what was asked about it is taken back."""
    void(books, row, because)
    row.answered_at, row.answered_by, row.ended_because = latest(books), books.actor, because
    books.move(row, after, because=because)


def has_live(books: Books, row: Requisition) -> bool:
    """Tell whether somebody still has to act on a candidate of a requisition."""
    query = select(Submission.id).where(
        col(Submission.requisition_id) == row.id, col(Submission.status).in_(LIVE)
    )
    return books.session.exec(query).first() is not None
