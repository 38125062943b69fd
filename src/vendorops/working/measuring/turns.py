"""Reads off the rows of one supplier's search from when on it was whose turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from vendorops.domain.attribution import Begun
from vendorops.domain.lifecycle import (
    InterviewStatus,
    OfferStatus,
    RequisitionStatus,
    Status,
    SubmissionStatus,
)
from vendorops.domain.turns import turn, turn_among
from vendorops.tables import Distribution, Interview, Offer, Requisition, Submission

Reached = tuple[datetime | None, str, Status]
"""When a row came to a state; the row's reference."""


@dataclass(frozen=True)
class Candidate:
    """Somebody proposed, with the meetings and offers there were, oldest first."""

    row: Submission
    interviews: Sequence[Interview]
    offers: Sequence[Offer]

    @property
    def duplicate(self) -> bool:
        """Whether another submission owned the candidate."""
        return self.row.status == SubmissionStatus.DUPLICATE


def turns_of(
    row: Distribution, wanted: Requisition, candidates: Sequence[Candidate]
) -> tuple[Begun, ...]:
    """Return all turns of a requisition as one supplier met it, in the order of their instants."""
    ended = wanted.filled_at or wanted.ended_at or row.declined_at or row.ended_at
    search: list[Reached] = [
        (wanted.opened_at, wanted.reference, RequisitionStatus.DRAFT),
        (wanted.asked_at, wanted.reference, RequisitionStatus.PENDING_APPROVAL),
        (wanted.approved_at, wanted.reference, RequisitionStatus.APPROVED),
        (row.released_at, wanted.reference, RequisitionStatus.DISTRIBUTED),
        (ended, wanted.reference, RequisitionStatus.CLOSED),
    ]
    turns = [Begun(at, matter, turn(status)) for at, matter, status in search if at]
    turns += [begun for one in candidates for begun in _candidate(one)]
    return tuple(sorted(turns, key=lambda begun: begun.at))


def _candidate(one: Candidate) -> Iterator[Begun]:
    """Tell whose turn a candidate was each time something about him changed."""
    row = one.row
    steps: list[Reached] = [
        (row.submitted_at, "", SubmissionStatus.SUBMITTED),
        (row.shortlisted_at, "", SubmissionStatus.SHORTLISTED),
        (row.interviewing_at, "", SubmissionStatus.INTERVIEWING),
        (row.offered_at, "", SubmissionStatus.OFFERED),
        (row.ended_at, "", SubmissionStatus(row.status)),
    ]
    for meeting in one.interviews:
        steps += [
            (meeting.proposed_at, meeting.reference, InterviewStatus.PROPOSED),
            (meeting.confirmed_at, meeting.reference, InterviewStatus.CONFIRMED),
            (meeting.ended_at, meeting.reference, InterviewStatus(meeting.status)),
        ]
    for offer in one.offers:
        steps += [
            (offer.drafted_at, offer.reference, OfferStatus.DRAFT),
            (offer.released_at, offer.reference, OfferStatus.RELEASED),
            (offer.answered_at, offer.reference, OfferStatus(offer.status)),
        ]
    known = [(at, of, status) for at, of, status in steps if at]
    states: dict[str, Status] = {}
    for at, of, status in sorted(known, key=lambda step: step[0]):
        states[of] = status
        whole = states.get("", SubmissionStatus.SUBMITTED)
        parts = [state for part, state in states.items() if part]
        yield Begun(at, row.reference, turn_among(whole, parts))
