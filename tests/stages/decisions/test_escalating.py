from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests import make
from tests.stages.settlement.month import run
from vendorops.books import Question, decided
from vendorops.books.questions import NotAllowed
from vendorops.books.withdrawing import withdraw
from vendorops.domain.money import Money
from vendorops.tables import (
    Decision,
    EscalationRule,
    Event,
    LegalEntity,
    Party,
    Refusal,
    RoleGrant,
    Supplier,
)

DUE = date(2026, 11, 9)
"""A Monday, five days after the day it was asked."""
REMINDED, TO_DEPUTY, TO_SUPERIOR = (DUE + timedelta(days=days) for days in (1, 2, 4))
"""As agreed below; all of them are worked."""


@pytest.fixture
def asked(opener):
    """A question to the approvers: Ann, whose deputy is Bob, and above them the finance chief."""
    with opener()() as books:
        for handle in ("ann", "bob", "tang"):
            make.person(books, handle)
        make.grant(books, "ann", "approver", limit_minor=500_00, currency="CNY", deputy="bob")
        make.grant(books, "tang", "cfo")
        make.put(books, EscalationRule, AGREED, {})
        supplier = make.supplier(books)
        amount = Money(100_00, "CNY")
        decided(books, Question("contract", supplier, {}, "Sign?", "approver", amount=amount))


AGREED = {
    "role": "approver",
    "remind_days": 1,
    "deputy_days": 2,
    "superior_days": 4,
    "escalates_to": "cfo",
    "valid_from": date(2026, 1, 1),
    "cite": "policy 6",
}


def seen_on(opener, day):
    """Return status, owner and escalation after the clock was looked at on a day."""
    run("decisions", opener, as_of=day)
    with opener(as_of=day)() as books:
        row = make.only(books, Decision)
        return row.status, row.owner, row.escalation


def reply(opener, who, day):
    return make.reply(opener, "contract", who, as_of=day)[0]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DUE, ("requested", "ann", 0)),
        (REMINDED, ("reminded", "ann", 0)),
        (TO_DEPUTY, ("escalated", "bob", 1)),
        (TO_SUPERIOR - timedelta(days=1), ("escalated", "bob", 1)),
        (TO_SUPERIOR, ("escalated", "tang", 2)),
        (TO_SUPERIOR + timedelta(days=300), ("escalated", "tang", 2)),
    ],
)
def test_who_is_chased_follows_the_clock(opener, day, expected):
    assert seen_on(opener, day) == expected


@pytest.mark.usefixtures("asked")
def test_each_change_of_owner_is_in_the_history(opener):
    for day in (REMINDED, TO_DEPUTY, TO_SUPERIOR, TO_SUPERIOR):
        seen_on(opener, day)

    with opener()() as books:
        told = books.session.exec(select(Event.reason).where(Event.action == "owned"))
        assert list(told) == [
            "ann -> bob: escalated to the deputy",
            "bob -> tang: escalated to the superior role",
        ]


@pytest.mark.usefixtures("asked")
def test_a_deputy_answers_in_anothers_place_once_it_is_escalated_and_not_before(opener):
    seen_on(opener, REMINDED)
    with pytest.raises(NotAllowed, match="only once DEC-2026-000001 has been escalated"):
        reply(opener, "bob", REMINDED)

    seen_on(opener, TO_DEPUTY)
    answered = reply(opener, "bob", TO_DEPUTY)
    assert (answered.on_behalf_of, answered.by_role) == ("ann", "approver")
    assert '"by":"deputy"' in answered.authority


@pytest.mark.usefixtures("asked")
def test_the_superior_role_answers_once_it_has_come_to_it_and_not_before(opener):
    seen_on(opener, TO_DEPUTY)
    with pytest.raises(NotAllowed, match="only once"):
        reply(opener, "tang", TO_DEPUTY)

    seen_on(opener, TO_SUPERIOR)
    answered = reply(opener, "tang", TO_SUPERIOR)
    assert (answered.on_behalf_of, answered.by_role, answered.role) == ("", "cfo", "approver")


@pytest.mark.usefixtures("asked")
def test_whoever_holds_the_role_may_still_answer(opener):
    seen_on(opener, TO_SUPERIOR)

    assert reply(opener, "ann", TO_SUPERIOR).by_role == "approver"
    assert seen_on(opener, TO_SUPERIOR + timedelta(days=9))[0] == "answered"


@pytest.mark.usefixtures("asked")
def test_nobody_answers_a_late_question_but_a_person(opener):
    for days in range(1, 60, 7):
        seen_on(opener, DUE + timedelta(days=days))

    with opener()() as books:
        row = make.only(books, Decision)
        assert (row.answer, row.answered_by, row.status) == ("", None, "escalated")


@pytest.mark.usefixtures("asked")
@pytest.mark.breaks("S17")  # The dates of the question are changed behind its back.
def test_weekends_and_holidays_of_our_place_do_not_count(opener):
    with opener()() as books:
        party = books.session.exec(select(Party)).first()
        party.place = "cn"
        make.put(books, LegalEntity, {"code": "XH", "party_id": party.id, "currency": "CNY"}, {})
        row = make.only(books, Decision)
        row.asked_on, row.due_on = date(2026, 9, 25), date(2026, 9, 30)  # The week off begins.

    assert seen_on(opener, date(2026, 10, 7)) == ("requested", "ann", 0)
    assert seen_on(opener, date(2026, 10, 8)) == ("reminded", "ann", 0)


@pytest.mark.usefixtures("asked")
def test_a_rule_for_the_kind_goes_before_that_of_the_role(opener):
    with opener()() as books:
        slow = AGREED | {"role": "", "kind": "contract", "remind_days": 2, "escalates_to": ""}
        make.put(books, EscalationRule, slow, {})

    assert seen_on(opener, REMINDED)[0] == "requested"


@pytest.mark.usefixtures("asked")
def test_a_question_whose_owner_lost_the_role_gets_another_owner(opener):
    with opener()() as books:
        make.person(books, "cleo")
        make.grant(books, "cleo", "approver")
        make.only(books, RoleGrant, handle="ann").valid_to = make.AS_OF

    assert seen_on(opener, make.AS_OF) == ("requested", "cleo", 0)


@pytest.mark.usefixtures("asked")
def test_where_nobody_may_answer_any_more_it_is_refused_by_name_until_somebody_may(opener):
    with opener()() as books:
        make.only(books, RoleGrant, handle="ann").valid_to = make.AS_OF

    outcome = run("decisions", opener)
    again = run("decisions", opener)

    ((reference, why),) = outcome.refused
    assert reference == "DEC-2026-000001"
    assert "nobody holds the role approver" in why
    assert again.refused == outcome.refused
    with opener()() as books:
        stuck = make.only(books, Refusal)
        assert (stuck.owner_role, stuck.due_on) == ("admin", date(2026, 11, 9))
        assert make.only(books, Decision).missing == "nobody holds the role approver"
        make.person(books, "cleo")
        make.grant(books, "cleo", "approver")

    assert seen_on(opener, make.AS_OF) == ("requested", "cleo", 0)
    with opener()() as books:
        assert make.only(books, Refusal).resolved_on == make.AS_OF
        assert make.only(books, Decision).missing == ""


@pytest.mark.usefixtures("asked")
def test_a_question_taken_back_is_not_refused_any_more(opener):
    with opener()() as books:
        make.only(books, RoleGrant, handle="ann").valid_to = make.AS_OF
    run("decisions", opener)
    with opener()() as books:
        withdraw(books, make.only(books, Supplier), "applied anew")

    outcome = run("decisions", opener)

    assert (outcome.refused, outcome.advanced) == ([], ["DEC-2026-000001"])
    with opener()() as books:
        assert make.only(books, Refusal).resolved_on == make.AS_OF
    assert run("decisions", opener).advanced == []
