"""Volume tiers, rebates and program fees become lines that a settlement takes off."""

from datetime import date

import pytest

from tests import make
from tests.stages.adjustments.agreed import (
    agency,
    agree,
    closed,
    lines,
    memos,
    states,
    terms,
    worked,
)
from tests.stages.settlement.month import balances
from vendorops.domain.lifecycle import ServiceSheetStatus
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.stages.adjustments import propose, ready
from vendorops.tables import (
    Contract,
    CreditMemo,
    Decision,
    ServiceSheet,
)
from vendorops.tracing import explain
from vendorops.working.adjusting import NotAgreeable

TIERS = "steps: [{from: 1000.00, share: 0.02}, {from: 2500.00, share: 0.05}]"
MARGINAL = f"kind: volume, months: 3, {TIERS}, valid_from: 2026-01-01"
WHOLE = f"kind: volume, months: 3, manner: whole, {TIERS}, valid_from: 2026-01-01"
FEE = "kind: program_fee, share: 0.03, valid_from: 2026-01-01"
MAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _contract(opener):
    with opener(as_of=date(2026, 1, 2))() as books:
        agency(books)


def work(opener, **hours):
    with opener(as_of=MAY)() as books:
        for month, told in hours.items():
            worked(books, f"2026-{month[1:]}", told)


def test_marginal_tiers_discount_what_of_a_month_lies_within_each_step(opener):
    agree(opener, MARGINAL)
    work(opener, m01="80", m02="120", m03="100", m04="10")

    found = closed(opener, MAY)

    # Windows: 0-800, 800-2000, 2000-3000, and in April 2200-2300 of February to April.
    assert found == [
        ("2026-02", "volume_discount", 2_000),
        ("2026-03", "volume_discount", 1_000 + 2_500),
        ("2026-04", "volume_discount", 200),
    ]


def test_a_tier_that_is_reached_later_corrects_earlier_months_by_lines_of_their_own(opener):
    agree(opener, WHOLE)
    work(opener, m01="110", m02="10")
    assert closed(opener, date(2026, 3, 4)) == [
        ("2026-01", "volume_discount", 2_200),
        ("2026-02", "volume_discount", 200),
    ]

    work(opener, m03="130")

    assert closed(opener, date(2026, 4, 3))[2:] == [
        ("2026-01", "volume_correction", 3_300),
        ("2026-02", "volume_correction", 300),
        ("2026-03", "volume_discount", 6_500),
    ]


def test_work_accepted_later_corrects_its_month_and_the_same_run_again_adds_nothing(opener):
    agree(opener, WHOLE)
    work(opener, m01="110")
    assert closed(opener, MAY) == [("2026-01", "volume_discount", 2_200)]

    work(opener, m01="20.005")

    expected = [("2026-01", "volume_discount", 2_200), ("2026-01", "volume_correction", 400)]
    assert closed(opener, MAY) == closed(opener, MAY) == expected
    with opener(as_of=MAY)() as books:
        assert ready(books) == []


def test_a_month_waits_for_work_that_nobody_has_decided(opener):
    agree(opener, FEE)
    work(opener, m01="100", m02="100")
    with opener(as_of=MAY)() as books:
        worked(books, "2026-02", "50", status=ServiceSheetStatus.SUBMITTED)

    assert closed(opener, MAY) == [("2026-01", "program_fee", 3_000)]

    with opener(as_of=MAY)() as books:
        waiting = make.only(books, ServiceSheet, status="submitted")
        make.accept(books, waiting)
    assert closed(opener, MAY)[1:] == [("2026-02", "program_fee", 4_500)]


def test_a_rebate_is_due_once_its_quarter_is_over_and_above_its_threshold(opener):
    quarter = "kind: rebate, period: quarter, valid_from: 2026-01-01"
    agree(opener, f"{quarter}, steps: [{{from: 2000.00, share: 0.10}}]")
    work(opener, m01="100", m02="100", m03="100", m04="400")

    assert closed(opener, date(2026, 3, 31)) == []
    assert closed(opener, MAY) == [("2026-03", "rebate", 10_000)]


def test_a_tier_by_quantity_and_of_some_categories_counts_those_alone(opener):
    hours = "measure: quantity, manner: whole, categories: [overtime_hours]"
    agree(
        opener,
        f"kind: volume, months: 1, {hours}, valid_from: 2026-01-01,"
        " steps: [{from: 50, share: 0.10}]",
    )
    work(opener, m01="500")
    with opener(as_of=MAY)() as books:
        worked(books, "2026-02", "30", "20", term="overtime_hours")
        worked(books, "2026-03", "49.9999", term="overtime_hours")

    assert closed(opener, MAY) == [("2026-02", "volume_discount", 5_000)]


def test_a_later_term_ends_the_one_before_and_none_begins_behind_entered_lines(opener):
    agree(opener, FEE)
    work(opener, m01="100", m02="100", m03="100")
    later = "kind: program_fee, share: 0.01, valid_from: "
    agree(opener, f"{later}2026-03-01", as_of=date(2026, 2, 5))

    assert [minor for _, _, minor in closed(opener, MAY)] == [3_000, 3_000, 1_000]
    with opener(as_of=MAY, actor="lin.buyer")() as books:
        of = make.only(books, Contract)
        for day, sentence in (("2026-03-01", "begins later"), ("2026-04-01", "through 2026-04")):
            with pytest.raises(NotAgreeable, match=sentence):
                propose(books, terms(of, f"kind: program_fee, share: 0.02, valid_from: {day}"))


def test_whoever_proposed_a_term_does_not_agree_to_it_and_it_may_be_rejected(opener):
    with opener(as_of=MAY, actor="wang.approver")() as books:
        first = propose(books, terms(make.only(books, Contract), FEE))
        assert propose(books, terms(make.only(books, Contract), FEE)) == first
    sweep("adjustments", opener(as_of=MAY))

    with pytest.raises(Exception, match="wang"):
        make.reply(opener, "agreed_term", "wang.approver", as_of=MAY)
    make.reply(opener, "agreed_term", "chen.approver", "reject", as_of=MAY)
    sweep("adjustments", opener(as_of=MAY))

    assert states(opener) == ["rejected"]
    assert closed(opener, MAY) == []


UNAGREEABLE = {
    "a volume needs months": "kind: volume, valid_from: 2026-02-01",
    "share belongs to a program_fee": "kind: volume, months: 1, share: 0.1, "
    "valid_from: 2026-02-01",
    "is not within": "kind: program_fee, share: 0.1, valid_from: 2029-02-01",
    "has no term 'gold'": "kind: program_fee, share: 0.1, categories: [gold], "
    "valid_from: 2026-02-01",
    "name the categories exactly": "kind: program_fee, share: 0.1, "
    "categories: [regular_hours], valid_from: 2026-02-01",
}


def test_terms_that_contradict_themselves_or_others_are_refused(opener):
    agree(opener, FEE)
    with opener(as_of=MAY, actor="lin.buyer")() as books:
        of = make.only(books, Contract)
        for sentence, said in UNAGREEABLE.items():
            with pytest.raises(NotAgreeable, match=sentence):
                propose(books, terms(of, said))


def test_what_the_client_funds_is_booked_as_its_cost_and_nothing_is_taken_off(opener):
    agree(opener, f"{FEE}, funded_by: client")
    work(opener, m01="100")
    closed(opener, MAY)
    sweep("crediting", opener(as_of=MAY))
    with opener()() as books:
        assert (
            "Add 30.00 CNY to our own cost"
            in make.only(books, Decision, kind="credit_memo").question
        )
    with opener(as_of=MAY)() as books:
        make.person(books, "gao.buyer")
        make.grant(books, "gao.buyer", "buyer")

    make.reply(opener, "credit_memo", "gao.buyer", as_of=MAY)
    sweep("crediting", opener(as_of=MAY))

    assert memos(opener) == [("program_fee", 3_000, "exhausted")]
    with opener()() as books:
        assert balances(books) == {"expense": 3_000, "owed": 3_000}
        assert make.only(books, CreditMemo).tax_minor == 0
        assert explain(books, "memo/CRM-2026-000001").amount == Money(3_000, "CNY")


def test_no_line_comes_of_a_month_that_is_not_over(opener):
    agree(opener, FEE)
    work(opener, m01="100")

    assert closed(opener, date(2026, 1, 31)) == []
    assert lines(opener) == []
