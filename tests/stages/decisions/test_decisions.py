from datetime import date, timedelta

import pytest

from tests import make
from tests.stages.settlement.month import run
from vendorops.books import Question, decided
from vendorops.tables import Decision

DUE = date(2026, 11, 9)
"""Five days after the day it was asked."""


@pytest.fixture
def asked(opener):
    with opener()() as books:
        make.people(books)
        supplier = make.supplier(books)
        decided(books, Question("qualification", supplier, {"a": 1}, "Qualify?", "buyer"))


def state_on(opener, day: date) -> str:
    run("decisions", opener, as_of=day)
    with opener(as_of=day)() as books:
        return make.only(books, Decision).status


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "requested"), (1, "reminded"), (3, "reminded"), (4, "escalated"), (40, "escalated")],
)
@pytest.mark.usefixtures("asked")
def test_an_open_question_is_reminded_of_and_then_escalated(opener, days, expected):
    assert state_on(opener, DUE + timedelta(days=days)) == expected


@pytest.mark.usefixtures("asked")
def test_a_reminded_question_is_escalated_later_and_then_left_alone(opener):
    first = state_on(opener, DUE + timedelta(days=1))
    later = state_on(opener, DUE + timedelta(days=4))

    outcome = run("decisions", opener, as_of=DUE + timedelta(days=5))

    assert (first, later, outcome.advanced) == ("reminded", "escalated", [])


@pytest.mark.usefixtures("asked")
def test_reminding_twice_on_one_day_reminds_once(opener):
    day = DUE + timedelta(days=2)
    state_on(opener, day)

    outcome = run("decisions", opener, as_of=day)

    assert (outcome.advanced, outcome.waiting) == ([], [])


@pytest.mark.usefixtures("asked")
def test_an_escalated_question_can_still_be_answered_by_its_role(opener):
    day = DUE + timedelta(days=9)
    state_on(opener, day)

    [answered] = make.reply(opener, "qualification", "lin.buyer", as_of=day)

    assert (answered.status, answered.role) == ("answered", "buyer")
    assert state_on(opener, day + timedelta(days=30)) == "answered"
