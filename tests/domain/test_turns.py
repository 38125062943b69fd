from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vendorops.domain.lifecycle import (
    DistributionStatus,
    InterviewStatus,
    OfferStatus,
    RequisitionStatus,
    SubmissionStatus,
)
from vendorops.domain.turns import Turn, attributed, turn, turn_among

KINDS = (
    RequisitionStatus,
    DistributionStatus,
    SubmissionStatus,
    InterviewStatus,
    OfferStatus,
)
STAYS = {"responded", "filled"}
"""Something may follow, but nobody has to act."""
START = datetime(2026, 11, 4, tzinfo=UTC)


@pytest.mark.parametrize("kind", KINDS)
def test_exactly_the_states_that_have_not_ended_are_somebodys_turn(kind):
    waiting = {state for state in kind if turn(state)}

    assert waiting == {state for state in kind if state.follows and state not in STAYS}


def test_an_open_part_decides_whose_turn_the_whole_is():
    done, proposed = InterviewStatus.DONE, InterviewStatus.PROPOSED
    meeting = SubmissionStatus.INTERVIEWING

    assert turn_among(meeting, []) == Turn.BUYER
    assert turn_among(meeting, [done, proposed]) == Turn.SUPPLIER
    assert turn_among(meeting, [proposed, InterviewStatus.CONFIRMED]) == Turn.BUYER
    assert turn_among(SubmissionStatus.REJECTED, [proposed]) is None


@given(
    some.lists(
        some.tuples(some.integers(0, 500), some.sampled_from([*Turn, None])),
        min_size=1,
        max_size=12,
    ),
    some.integers(0, 3000),
)
def test_the_spans_are_the_whole_time_less_what_was_nobodys(steps, length):
    at, began = START, []
    for hours, whose in steps:
        at += timedelta(hours=hours)
        began.append((at, whose))
    until = START + timedelta(hours=length)

    spent = attributed(began, until)

    by_the_hour = [
        next((w for a, w in reversed(began) if a <= START + timedelta(hours=hour)), None)
        for hour in range(length)
    ]
    assert {whose: span / timedelta(hours=1) for whose, span in spent.items()} == {
        whose: by_the_hour.count(whose) for whose in Turn
    }
