"""Candidates who were shortlisted are met: proposed, confirmed, held or missed."""

import pytest

from tests.stages.sourcing.line import FIRST, MEETING, Refusals, form
from vendorops.tables import (
    Interview,
    Submission,
)
from vendorops.working import sourcing
from vendorops.working.sourcing.interviewing import NotMeetable
from vendorops.working.sourcing.rights import NotTheirs


def test_a_meeting_is_proposed_confirmed_and_held(line, shortlisted):
    meeting = line.propose()
    assert line.status(shortlisted) == "interviewing"
    line.wait(hours=2)
    with line.books(FIRST) as books:
        sourcing.confirm(books, meeting)
    with line.books() as books, pytest.raises(NotMeetable, match="has not come yet"):
        sourcing.hold(books, meeting, "went well")
    line.wait(days=1)

    with line.books() as books:
        sourcing.hold(books, meeting, "went well")

    row = line.seen(Interview, meeting)
    assert (row.status, row.round, row.panel) == ("done", 1, "zhao.finance lin.buyer")
    assert (row.confirmed_by, row.ended_by, row.ended_at) == (FIRST, "lin.buyer", line.now)
    assert line.seen(Submission, shortlisted).interviewing_at == row.proposed_at


def test_a_candidate_who_does_not_come_may_be_met_again(line, shortlisted):
    meeting = line.propose()
    with line.books(FIRST) as books:
        sourcing.confirm(books, meeting)
    line.wait(days=1)
    with line.books() as books:
        sourcing.miss(books, meeting, "nobody came")

    times = {"starts_at": "2026-11-09T14:00+08:00", "ends_at": "2026-11-09T15:00+08:00"}
    again = line.seen(Interview, line.propose(**times))

    assert line.seen(Interview, meeting).status == "no_show"
    assert (again.round, again.status) == (2, "proposed")
    assert line.status(shortlisted) == "interviewing"


MEETINGS: Refusals = {
    "must end after it starts": (NotMeetable, {"ends_at": "2026-11-05T14:00+08:00"}),
    "is past": (
        NotMeetable,
        {"starts_at": "2026-11-03T14:00+08:00", "ends_at": "2026-11-03T15:00+08:00"},
    ),
    "panel 1: nobody is known": (NotTheirs, {"panel": ["no.body"]}),
    "he.hengxin belongs to a supplier": (NotTheirs, {"panel": ["lin.buyer", FIRST]}),
}


def test_a_meeting_that_cannot_be_is_refused(line, shortlisted):
    for sentence, (refusal, changed) in MEETINGS.items():
        with pytest.raises(refusal) as told:
            line.propose(**changed)
        assert sentence in str(told.value)
    with line.books(FIRST) as books, pytest.raises(NotTheirs, match="may not propose"):
        sourcing.propose_interview(books, form(MEETING))

    assert line.status(shortlisted) == "shortlisted"
