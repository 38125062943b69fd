"""What people bring becomes accepted work, by the pay plan that was agreed."""

from datetime import date

import pytest

from tests import make
from tests.stages.earnings.earning import (
    AGREED,
    DECEMBER,
    HOURS,
    NOVEMBER,
    REPORTER,
    SHARE,
    SOLD,
    agree,
    counts,
    decided,
    founded,
    lines,
    memos,
    plans,
    reported,
    run,
    states,
    studio,
    works,
)
from vendorops.stages import sweep
from vendorops.stages.earnings import ready
from vendorops.tables import ServiceSheet
from vendorops.tracing import broken, explain, written
from vendorops.working.adjusting import NotAgreeable
from vendorops.working.earning import propose_plans


def test_a_month_of_sales_becomes_accepted_work_at_the_agreed_share(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(opener, of, s1=SOLD, s2="kind: revenue, day: 2026-10-09, amount: 0.01")

    run(opener)
    decided(opener)

    assert lines(opener) == [("2026-10", "earned", 1, 600_01)]
    assert works(opener) == [(of, "2026-10", 600_01)]
    with opener()() as books:
        sheet = make.only(books, ServiceSheet)
        item = make.items_of(books, sheet)[0]
        assert (sheet.status, item.accepted_e4, item.price_e6) == (
            "accepted",
            10_000,
            600_010_000,
        )


def test_the_same_run_again_and_the_same_file_again_enter_nothing(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    assert reported(opener, of, s1=SOLD) == (1, 0)
    run(opener)
    before = counts(opener)

    assert reported(opener, of, s1=SOLD) == (0, 1)
    run(opener)

    assert counts(opener) == before
    with opener(as_of=NOVEMBER)() as books:
        assert ready(books) == []


def test_a_week_is_entered_once_it_is_over_and_not_before(opener):
    of = founded(opener)
    agree(opener, of, HOURS)
    day = "kind: unit, code: hour, quantity: 8, day: "
    reported(opener, of, as_of=date(2026, 10, 11), a=f"{day}2026-10-05", b=f"{day}2026-10-11")

    run(opener, date(2026, 10, 11))
    assert lines(opener) == []
    run(opener, date(2026, 10, 12))

    assert lines(opener) == [("2026-W41", "earned", 1, 640_00)]


def test_brokers_parts_are_entered_under_their_own_contracts_to_the_cent(opener):
    of = founded(opener)
    with opener(as_of=AGREED)() as books:
        broker = studio(books, "6222020200012349999").reference
    whole = SHARE.replace("0.60", "1")
    agree(opener, of, f"{whole}, parts: [{{to: self, share: 0.6}}, {{to: {broker}, share: 0.4}}]")
    reported(opener, of, s1=SOLD.replace("1000.00", "1000.01"))

    run(opener)
    decided(opener)

    assert sorted(works(opener)) == [(of, "2026-10", 600_01), (broker, "2026-10", 400_00)]


def test_an_advance_and_a_deduction_become_memos_that_settlement_takes_off(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(
        opener,
        of,
        s1=SOLD,
        x1="kind: deduction, day: 2026-10-07, amount: 50.00",
        a1="kind: advance, day: 2026-10-01, amount: 700.00",
    )

    run(opener)
    decided(opener)

    assert lines(opener) == [
        ("2026-10", "advance", 1, 550_00),
        ("2026-10", "deduction", 1, 50_00),
        ("2026-10", "earned", 1, 600_00),
    ]
    assert sorted(memos(opener)) == [
        ("advance_recovery", 550_00, "issued"),
        ("earnings_deduction", 50_00, "issued"),
    ]


def test_a_base_is_entered_for_a_month_without_any_fact(opener):
    of = founded(opener)
    base = "plan: base_plus_commission, base: 3100.00, steps: [{from: 0.00, share: 0.05}]"
    agree(opener, of, f"method: income_share, {base}, valid_from: 2026-10-12")

    run(opener, DECEMBER)

    assert lines(opener) == [
        ("2026-10", "earned", 1, 2_000_00),
        ("2026-11", "earned", 1, 3_100_00),
    ]
    assert [month for _, month, _ in works(opener)] == ["2026-10", "2026-11"]


def test_whoever_reported_a_fact_does_not_accept_what_it_earned(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(opener, of, who="lin.buyer", s1=SOLD)
    reported(opener, of, s2="kind: sale, day: 2026-10-06, amount: 1.00")
    run(opener)
    sweep("acceptance", opener(as_of=NOVEMBER))

    with pytest.raises(Exception, match=r"lin\.buyer"):
        make.reply(opener, "acceptance", "lin.buyer", as_of=NOVEMBER)

    with opener()() as books:
        assert make.only(books, ServiceSheet).submitted_by == REPORTER


def test_an_amount_unfolds_to_its_facts_formula_and_who_agreed(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(opener, of, s1=SOLD, a1="kind: advance, day: 2026-10-01, amount: 100.00")
    run(opener)
    decided(opener)

    with opener(as_of=NOVEMBER)() as books:
        trees = [explain(books, f"{name}-2026-000001") for name in ("WRK", "CRM", "EAR", "AGT")]
        told = ["\n".join(written(tree)) for tree in trees]
        assert [broken(tree) for tree in trees] == [[]] * 4

    assert "0.60 x 1000.00, half up" in told[0]
    assert "s1  fact  1000.00 CNY" in told[0]
    assert "wang.approver" in told[0]
    assert "income_share" in told[1]
    assert "a1  fact  100.00 CNY" in told[1]
    assert "at most 1.00 x 600.00 CNY, rounded down" in told[1]


def test_a_later_plan_ends_the_one_before_and_none_begins_within_entered_days(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(opener, of, s1=SOLD)
    run(opener)

    late = SHARE.replace("2026-10-01", "2026-10-31")
    refused = pytest.raises(NotAgreeable, match="was entered for days until 2026-10-31")
    with opener(as_of=NOVEMBER, actor="lin.buyer")() as books, refused:
        propose_plans(books, plans(of, late))
    agree(opener, of, SHARE.replace("2026-10-01", "2026-11-01").replace("0.60", "0.5"))
    reported(opener, of, as_of=DECEMBER, s2="kind: sale, day: 2026-11-05, amount: 10.00")
    run(opener, DECEMBER)

    assert states(opener) == ["agreed", "agreed"]
    assert lines(opener)[1:] == [("2026-11", "earned", 1, 5_00)]


UNAGREEABLE = {
    "needs share": "method: income_share, plan: daily, valid_from: 2026-10-01",
    "knows no 'luck'": "method: luck, plan: daily, valid_from: 2026-10-01",
    "a share lies between 0 and 1": SHARE.replace("0.60", "1.01"),
    "has no term 'gold'": f"{SHARE}, term: gold",
    "must agree case_closed at a share of 1": f"{SHARE}, term: case_closed",
    "is not within": SHARE.replace("2026-10-01", "2029-10-01"),
    "write `self`": f"{SHARE}, parts: [{{to: self, share: 0.5}}, {{to: OF, share: 0.5}}]",
    "there is no Contract": f"{SHARE}, parts: [{{to: self, share: 0.5}}, {{to: X, share: 0.5}}]",
}


def test_plans_that_contradict_themselves_or_the_contract_are_refused(opener):
    of = founded(opener)
    with opener(as_of=AGREED, actor="lin.buyer")() as books:
        for sentence, said in UNAGREEABLE.items():
            with pytest.raises(NotAgreeable, match=sentence):
                propose_plans(books, plans(of, said.replace("OF", of)))


def test_whoever_proposed_a_plan_does_not_agree_to_it(opener):
    of = founded(opener)
    with opener(as_of=AGREED, actor="wang.approver")() as books:
        propose_plans(books, plans(of, SHARE))
    sweep("adjustments", opener(as_of=AGREED))

    with pytest.raises(Exception, match="wang"):
        make.reply(opener, "agreed_term", "wang.approver", as_of=AGREED)
