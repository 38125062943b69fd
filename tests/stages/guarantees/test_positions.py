"""How the guarantees stand on a day: what runs, what is at risk, what is owed."""

from dataclasses import replace
from datetime import date

from tests.make.placements import GUARANTEE
from tests.stages.guarantees.line import (
    accepted,
    claimed,
    day,
    follow,
    leaves,
    recruiter,
    replaced,
    settled,
    started,
)
from tests.stages.guarantees.test_line import issued
from tests.stages.settlement.month import paid
from vendorops.domain.contract_facts import PaymentTerm
from vendorops.working.placing import positions


def standing(opener, on):
    """Each position on a day: its state, days left, what is at risk and what is owed."""
    with opener(as_of=on)() as books:
        return [
            (each.state, each.day, each.days_left, each.at_risk.text, each.owed.text)
            for each in positions(books)
        ]


def test_a_guarantee_runs_out_day_by_day_and_less_is_at_risk(opener):
    started(opener, recruiter(opener))
    follow(opener, day(0))

    assert standing(opener, day(0)) == [("running", 0, 90, "72000.00", "0.00")]
    assert standing(opener, day(30)) == [("running", 30, 60, "72000.00", "0.00")]
    assert standing(opener, day(31)) == [("running", 31, 59, "36000.00", "0.00")]
    assert standing(opener, day(90)) == [("running", 90, 0, "18000.00", "0.00")]
    assert standing(opener, day(91)) == [("notice", 90, 11, "18000.00", "0.00")]


def test_a_guarantee_is_gone_before_the_start_and_once_no_notice_can_come(opener):
    started(opener, recruiter(opener))
    follow(opener, day(0))

    assert standing(opener, day(-1)) == []
    assert standing(opener, date(2027, 1, 18)) == []


def test_a_claim_is_open_from_the_notice_until_all_of_it_was_taken_off(opener):
    contract = recruiter(opener)
    first = started(opener, contract)
    accepted(opener)
    claimed(opener, contract, "QH-10")
    settled(opener)
    leaves(opener, first, day(40), day(42), claims="replacement")

    assert standing(opener, day(41)) == [("running", 41, 49, "36000.00", "0.00")]
    owed = standing(opener, day(43))
    follow(opener, day(73))
    due = standing(opener, day(73))
    issued(opener, day(73))
    started(opener, contract, date(2026, 11, 20))
    accepted(opener, date(2026, 12, 17))
    claimed(opener, contract, "QH-11", date(2026, 12, 17))
    settled(opener, date(2026, 12, 17))

    assert owed == [("replacement_owed", 40, 29, "36000.00", "0.00")]
    assert due == [("refund", 40, 0, "36000.00", "36000.00")]
    assert [each[0] for each in standing(opener, date(2026, 12, 17))] == ["running"]


def test_a_fee_not_claimed_yet_is_at_risk_and_not_owed(opener):
    reference = started(opener, recruiter(opener))
    leaves(opener, reference, day(10))

    assert standing(opener, day(11)) == [("refund", 10, 0, "72000.00", "0.00")]


def test_a_replacement_carries_the_fee_of_whom_it_replaced(opener):
    first = started(opener, recruiter(opener))
    leaves(opener, first, day(40), claims="replacement")
    replaced(opener, first, day(50))
    follow(opener, day(51))

    assert standing(opener, day(60)) == [("running", 50, 40, "36000.00", "0.00")]


def test_nothing_is_at_risk_once_the_fee_was_paid_late(opener):
    strict = replace(GUARANTEE, void_when_paid_late=True)
    contract = recruiter(opener, guarantee=strict, pay=PaymentTerm(days=0))
    started(opener, contract)
    accepted(opener)
    claimed(opener, contract, "QH-10")
    settled(opener)
    paid(opener)
    follow(opener, day(31))

    assert standing(opener, day(35)) == [("running", 35, 55, "0.00", "0.00")]
