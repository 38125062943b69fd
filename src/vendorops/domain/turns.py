"""Whose turn it is: every hour of sourcing belongs to the supplier, the buyer or the program.

The buyer is who wants the people and decides on them, the program is who runs the sourcing
between buyer and suppliers: us, when nobody else has to act.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from vendorops.domain.lifecycle import (
    DistributionStatus,
    InterviewStatus,
    OfferStatus,
    RequisitionStatus,
    Status,
    SubmissionStatus,
)


class Turn(StrEnum):
    """Who has to act."""

    SUPPLIER = "supplier"
    BUYER = "buyer"
    PROGRAM = "program"


_TURNS: Mapping[type[Status], Mapping[Turn, str]] = {
    RequisitionStatus: {
        Turn.BUYER: "draft pending_approval",
        Turn.PROGRAM: "approved",
        Turn.SUPPLIER: "distributed in_progress",
    },
    DistributionStatus: {Turn.PROGRAM: "scheduled", Turn.SUPPLIER: "released viewed"},
    SubmissionStatus: {Turn.BUYER: "submitted shortlisted interviewing", Turn.SUPPLIER: "offered"},
    InterviewStatus: {Turn.SUPPLIER: "proposed", Turn.BUYER: "confirmed"},
    OfferStatus: {Turn.BUYER: "draft", Turn.SUPPLIER: "released"},
}
"""What is not here has ended, and waits for nobody. A requisition in progress waits for more
candidates, as long as none of those submitted waits for somebody else: see `turn_among`."""


def turn(status: Status) -> Turn | None:
    """Return whose turn a status is; None where it has ended.

    >>> turn(InterviewStatus.PROPOSED), turn(InterviewStatus.DONE)
    (<Turn.SUPPLIER: 'supplier'>, None)
    """
    told = _TURNS[type(status)]
    return next((whose for whose, states in told.items() if status in states.split()), None)


def turn_among(whole: Status, parts: Sequence[Status]) -> Turn | None:
    """Return whose turn a row is that goes on through others, such as a submission's interviews.

    An open part decides, the newest of them first; where none is open the row itself does.

    >>> turn_among(SubmissionStatus.INTERVIEWING, [InterviewStatus.DONE, InterviewStatus.PROPOSED])
    <Turn.SUPPLIER: 'supplier'>
    """
    found = turn(whole)
    if found is None:
        return None
    return next((t for t in map(turn, reversed(parts)) if t), found)


def attributed(
    began: Sequence[tuple[datetime, Turn | None]], until: datetime
) -> dict[Turn, timedelta]:
    """Return how long each had to act, from the instants at which each turn began.

    Instants rise; the last turn goes on until `until`, what came later is not counted. Together
    the spans are the whole time, less what was nobody's.
    """
    spent = dict.fromkeys(Turn, timedelta())
    ends = [*(at for at, _ in began[1:]), until]
    for (at, whose), end in zip(began, ends, strict=False):
        if whose and min(end, until) > at:
            spent[whose] += min(end, until) - at
    return spent
