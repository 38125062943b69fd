"""Which states of sourcing are open, and the refusal of a step that comes too early or late."""

from collections.abc import Collection

from vendorops.books import name_of, status_of
from vendorops.domain.lifecycle import (
    DistributionStatus,
    InterviewStatus,
    OfferStatus,
    RequisitionStatus,
    SubmissionStatus,
)
from vendorops.domain.refusal import Refused
from vendorops.tables import Row

OUT = (RequisitionStatus.DISTRIBUTED, RequisitionStatus.IN_PROGRESS)
"""Candidates may be submitted."""
UNENDED = (
    RequisitionStatus.DRAFT,
    RequisitionStatus.PENDING_APPROVAL,
    RequisitionStatus.APPROVED,
    *OUT,
)
SUBMITTABLE = (
    DistributionStatus.RELEASED,
    DistributionStatus.VIEWED,
    DistributionStatus.RESPONDED,
)
UNANSWERED = (
    DistributionStatus.SCHEDULED,
    DistributionStatus.RELEASED,
    DistributionStatus.VIEWED,
)
LIVE = (
    SubmissionStatus.SUBMITTED,
    SubmissionStatus.SHORTLISTED,
    SubmissionStatus.INTERVIEWING,
    SubmissionStatus.OFFERED,
)
"""Somebody still has to act on the candidate."""
OFFERABLE = (
    SubmissionStatus.SHORTLISTED,
    SubmissionStatus.INTERVIEWING,
    SubmissionStatus.OFFERED,
)
OPEN_INTERVIEWS = (InterviewStatus.PROPOSED, InterviewStatus.CONFIRMED)
OPEN_OFFERS = (OfferStatus.DRAFT, OfferStatus.RELEASED)


class TooLate(Refused):
    """The row has gone on, or has ended, or is not there yet."""


def refuse_unless(row: Row, states: Collection[str], what: str) -> None:
    """Refuse a step with a row that is in none of the states in which it may be taken."""
    status = status_of(row)
    if status in states:
        return
    because = str(getattr(row, "ended_because", ""))
    why = f" ({because})" if because else ""
    raise TooLate(
        f"{name_of(row)} is {status}{why} and cannot be {what}; only what is"
        f" {' or '.join(states)} can"
    )
