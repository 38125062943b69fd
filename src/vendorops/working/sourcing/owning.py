"""Who owns a candidate: for one requisition, the first supplier that may represent him."""

from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.dated import Dated
from vendorops.domain.lifecycle import SubmissionStatus
from vendorops.tables import Requisition, Submission
from vendorops.working.sourcing.states import LIVE

OWNED_DAYS = Dated("days for which a submission owns its candidate", {date(2020, 1, 1): 90})
"""Ours to set; contracts that say otherwise are rare in this trade."""
NEVER_OWN = (SubmissionStatus.DUPLICATE, SubmissionStatus.WITHDRAWN)
"""A duplicate never owned; who withdraws a candidate lets him go."""


def owner_of(books: Books, requisition: Requisition, candidate_key: str) -> Submission | None:
    """Return the submission that owns a candidate for a requisition today.

    It is the first that came, for as many days as its row says and in any case while it is in
    process or was accepted.
    """
    return next(
        (
            row
            for row in submissions_for(books, requisition, candidate_key)
            if row.status not in NEVER_OWN and _owns(row, books.as_of)
        ),
        None,
    )


def submissions_for(
    books: Books, requisition: Requisition, candidate_key: str
) -> list[Submission]:
    """Return every submission of a candidate for a requisition, in the order they came."""
    query = select(Submission).where(
        col(Submission.requisition_id) == requisition.id,
        col(Submission.candidate_key) == candidate_key,
    )
    return list(
        books.session.exec(query.order_by(col(Submission.submitted_at), col(Submission.id)))
    )


def _owns(row: Submission, today: date) -> bool:
    lasting = (*LIVE, SubmissionStatus.ACCEPTED)
    return row.status in lasting or today < row.owned_until
