from datetime import timedelta

import pytest

from tests.approvals.asking import AS_OF, ask, asked, person, row, say
from vendorops.books.questions import NotAllowed
from vendorops.domain.money import Money


@pytest.fixture
def office(lend):
    """Two approvers of whom one may be the finance chief too, and a finance chief."""
    with lend()() as books:
        person(books, "li")
        person(books, "wang")
        person(books, "wang", role="cfo")
        person(books, "tang", role="cfo")
    return lend


@pytest.fixture
def two_steps(office):
    with office()() as books:
        row(books, "approver", "cfo")
    return office


def test_each_step_is_asked_once_the_one_before_is_approved(two_steps):
    assert ask(two_steps) is None
    assert [(one.role, one.step, one.steps) for one in asked(two_steps)] == [("approver", 1, 2)]

    say(two_steps, "li")
    assert asked(two_steps) == []
    assert ask(two_steps) is None
    [second] = asked(two_steps)
    assert (second.role, second.step, second.owner) == ("cfo", 2, "tang")
    assert second.question == "Is this right? Step 2 of 2; approved before by li."

    say(two_steps, "tang")
    found = ask(two_steps)
    assert (found.answered_by, found.step, found.answer) == ("tang", 2, "approve")


def test_the_first_refusal_ends_it(two_steps):
    ask(two_steps)
    say(two_steps, "li", "reject")

    found = ask(two_steps)

    assert (found.answer, found.step) == ("reject", 1)
    assert asked(two_steps) == []


def test_who_took_one_step_may_not_take_the_next(two_steps):
    ask(two_steps)
    say(two_steps, "wang")
    ask(two_steps)

    with pytest.raises(NotAllowed, match="wang took part"):
        say(two_steps, "wang")


def test_the_answer_keeps_the_row_and_step_it_was_given_under(two_steps):
    ask(two_steps)

    given = say(two_steps, "li")

    assert '"matrix":"APR-2026-000001"' in given.authority
    assert '"step":"1 of 2"' in given.authority


def test_what_the_first_accepted_less_stands_when_the_second_adds_nothing(two_steps):
    ask(two_steps)
    say(two_steps, "li", detail={"accept": {"WRK-1": "2"}})
    ask(two_steps)
    assert "WRK-1" in asked(two_steps)[0].question

    say(two_steps, "tang")

    assert ask(two_steps).detail == '{"accept":{"WRK-1":"2"}}'


def test_steps_are_due_in_working_days(two_steps):
    ask(two_steps)

    assert asked(two_steps)[0].due_on == AS_OF + timedelta(days=2)


def test_a_question_goes_on_under_the_row_it_was_asked_under(two_steps):
    ask(two_steps)
    say(two_steps, "li")
    with two_steps()() as books:
        row(books, "approver", valid_from=AS_OF)

    assert ask(two_steps) is None
    assert [one.step for one in asked(two_steps)] == [2]


def test_other_content_is_asked_under_the_row_of_its_day(two_steps):
    ask(two_steps)
    with two_steps()() as books:
        row(books, "cfo", valid_from=AS_OF)

    ask(two_steps, figure=2)

    assert [(one.role, one.steps) for one in asked(two_steps)] == [("cfo", 1)]


@pytest.mark.parametrize(
    ("more", "roles"),
    [
        ({}, ["approver"]),
        ({"amount": Money(99, "EUR")}, ["approver"]),
        ({"amount": Money(100, "EUR")}, ["cfo"]),
        ({"amount": Money(500, "USD")}, ["approver"]),
        ({"program": "rpo"}, ["tax"]),
        ({"program": "rpo", "amount": Money(100, "EUR")}, ["cfo"]),
        ({"risk": "high"}, ["compliance"]),
        ({"place": "de"}, ["approver"]),
    ],
)
def test_the_narrowest_row_says_who_answers(office, more, roles):
    with office()() as books:
        row(books, "approver")
        row(books, "cfo", currency="EUR", from_minor=100)
        row(books, "tax", program="rpo")
        row(books, "cfo", program="rpo", currency="EUR", from_minor=100)
        row(books, "compliance", risk="high")

    ask(office, **more)

    assert [one.role for one in asked(office)] == roles


def test_a_row_without_steps_ends_the_one_before(office):
    with office()() as books:
        row(books, "cfo")
        row(books, valid_from=AS_OF)

    ask(office)

    assert [(one.role, one.rule_id) for one in asked(office)] == [("approver", None)]


def test_a_row_that_begins_later_holds_later(office):
    with office()() as books:
        row(books, "cfo", valid_from=AS_OF + timedelta(days=1))

    ask(office)

    assert [one.role for one in asked(office)] == ["approver"]


def test_another_tier_of_risk_is_another_question(two_steps):
    ask(two_steps)
    say(two_steps, "li")

    assert ask(two_steps, risk="high") is None

    assert [(one.step, one.risk) for one in asked(two_steps)] == [(1, "high")]


def test_a_supplier_signs_whatever_the_matrix_says(two_steps):
    ask(two_steps, role="supplier")

    assert [(one.role, one.steps) for one in asked(two_steps)] == [("supplier", 1)]
