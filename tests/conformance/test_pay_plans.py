"""Every settlement method and pay plan keeps its worked cases, and what all of them promise."""

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vendorops.pay_plans
import vendorops.settlement_methods
from vendorops import pay_plans, settlement_methods
from vendorops.domain.adjustments import Step
from vendorops.domain.earnings import Fact, Incentive, Part, PayTerms, chained
from vendorops.domain.earnings.terms import UnitRate
from vendorops.domain.periods import DAY, Period
from vendorops.working.earning import read_cases, tried
from vendorops.working.earning.in_force import with_shelves

CASES = ".cases.yaml"
METHODS, PLANS = settlement_methods.codes(), pay_plans.codes()
SHELVES = {vendorops.settlement_methods: METHODS, vendorops.pay_plans: PLANS}
CASE_FILES = [
    file
    for shelf in SHELVES
    for file in sorted(files(shelf).iterdir(), key=lambda each: each.name)
    if file.name.endswith(CASES)
]
WORKED = [
    pytest.param(case, id=f"{file.name.removesuffix(CASES)}: {case.case}")
    for file in CASE_FILES
    for case in read_cases(file.read_bytes(), file.name)
]
BROKER, OTHER = "CON-2026-000009", "CON-2026-000010"
START, END = date(2026, 10, 1), date(2027, 1, 1)
OVER = date(2027, 2, 1)
STEPS = (Step(0, 20_000), Step(500_00, 50_000))
KINDS = ("sale", "refund", "cost", "deduction", "advance", "unit", "day", "project", "product")


def test_the_four_methods_and_the_eight_plans_are_on_their_shelves():
    assert METHODS == ["income_share", "profit_share", "work_amount", "work_result"]
    assert len(PLANS) == 8


def test_every_member_of_both_shelves_has_a_title_and_worked_cases():
    named = [file.name.removesuffix(CASES) for file in CASE_FILES]

    assert sorted(named) == sorted([*METHODS, *PLANS])
    for module in [
        *map(settlement_methods.method, METHODS),
        *map(pay_plans.plan, PLANS),
    ]:
        assert module.TITLE
        assert module.TITLE_ZH


@pytest.mark.parametrize("case", WORKED)
def test_a_worked_case_comes_to_what_it_says(case):
    assert list(tried(case).differences) == []


def test_a_case_that_expects_something_else_is_told_so():
    (case, *_) = read_cases(CASE_FILES[0].read_bytes(), "cases")
    wrong = case.model_copy(update={"expected": ()})

    assert tried(wrong).differences[0].startswith("stretches are ")


def terms(method: str, plan: str, **changed) -> PayTerms:
    """Terms that any method and plan find what they need in."""
    takes = pay_plans.plan(plan).TAKES
    needs = settlement_methods.method(method).NEEDS
    rates = [UnitRate(code, price) for code, price in (("hour", 33_335_000), ("day", 99_990_000))]
    finished = [UnitRate("project", 1_000_005_000), UnitRate("product", 7_335_000)]
    usual = {
        "method": method,
        "plan": plan,
        "currency": "CNY",
        "rates": (*rates, *finished) if needs == "rates" else (),
        "share_e6": 333_333 if needs == "share" and not takes else None,
        "steps": STEPS if "steps" in takes else (),
        "base_minor": 3_001_07 if "base" in takes else 0,
        "incentives": (Incentive(900_00, 77_77),) if "incentives" in takes else (),
        "parts": (Part("", 600_000), Part(BROKER, 333_333), Part(OTHER, 66_667)),
        "recover_share_e6": 500_000,
    }
    return PayTerms(**usual | changed)


def fact(number: int, kind: str, day: int, size: int, subject: str) -> Fact:
    first = START + day * DAY
    counted = kind in ("unit", "day", "project", "product")
    return Fact(
        key=f"f{number:03d}",
        kind=kind,
        first=first,
        last=first,
        code="hour" if kind == "unit" else "",
        subject=subject,
        quantity_e4=size if counted else 0,
        amount_minor=0 if counted else size,
    )


FACTS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, (END - START).days - 1),
        st.integers(1, 2_000_00),
        st.sampled_from(["P1", "P2"]),
    ),
    max_size=25,
).map(lambda rows: [fact(number, *row) for number, row in enumerate(rows)])
COMBINED = st.tuples(st.sampled_from(METHODS), st.sampled_from(PLANS))


def calculated(combined, facts):
    agreed = with_shelves("AGT", terms(*combined), Period(START, END))
    return chained([agreed], facts, OVER)


def figures(statements):
    return [
        (each.stretch, each.earned_minor, each.parts, each.net_minor, each.left)
        for each in statements
    ]


@settings(max_examples=60)
@given(combined=COMBINED, facts=FACTS)
def test_parts_make_what_was_earned_and_no_net_is_negative(combined, facts):
    for each in calculated(combined, facts):
        assert sum(minor for _, minor in each.parts) == each.earned_minor
        assert min(minor for _, minor in each.parts) >= 0
        assert each.net_minor >= 0
        assert min(each.left.short_minor, each.left.deductions_minor) >= 0


@settings(max_examples=60)
@given(combined=COMBINED, facts=FACTS, draw=st.randoms(use_true_random=False))
def test_facts_reported_in_another_order_change_nothing(combined, facts, draw):
    shuffled = list(facts)
    draw.shuffle(shuffled)

    assert figures(calculated(combined, shuffled)) == figures(calculated(combined, facts))


@settings(max_examples=60)
@given(combined=COMBINED, facts=FACTS, at=st.integers(0, 24))
def test_a_fact_reported_in_two_halves_changes_nothing(combined, facts, at):
    """Where one is finished is another matter: its halves are two finishes of the same day."""
    halves = []
    for number, each in enumerate(facts):
        size = each.quantity_e4 or each.amount_minor
        if number != at or size < 2:
            halves.append(each)
            continue
        for key, part in ((each.key, size // 2), (f"{each.key}b", size - size // 2)):
            name = "quantity_e4" if each.quantity_e4 else "amount_minor"
            halves.append(Fact(**{**vars(each), "key": key, name: part}))

    assert figures(calculated(combined, halves)) == figures(calculated(combined, facts))


@settings(max_examples=40)
@given(facts=FACTS)
def test_deductions_and_advances_are_taken_once_and_what_is_left_stays_open(facts):
    found = calculated(("work_amount", "daily"), facts)
    if not found:
        return
    ends = found[-1].stretch.end
    for kind, taken, left in (
        ("deduction", "deducted_minor", "deductions_minor"),
        ("advance", "recovered_minor", "advances_minor"),
    ):
        given_ = sum(
            each.amount_minor for each in facts if each.kind == kind and each.first < ends
        )
        took = sum(getattr(each, taken) for each in found)
        assert took + getattr(found[-1].left, left) == given_


@settings(max_examples=40)
@given(facts=FACTS, months=st.sampled_from(["commission", "monthly"]))
def test_what_profits_were_shared_is_what_revenue_exceeds_costs_by(facts, months):
    """Over all months, losses carried: the bases and the last shortfall make the balance."""
    found = calculated(("profit_share", months), facts)

    signs = {"sale": 1, "refund": -1, "cost": -1}
    balance = sum(signs.get(each.kind, 0) * each.amount_minor for each in facts)
    short = found[-1].left.short_minor if found else 0
    assert sum(each.basis.minor for each in found) - short == balance


@settings(max_examples=60)
@given(day=st.integers(1, 30), base=st.integers(1, 10**7))
def test_the_parts_of_a_month_split_between_two_terms_make_its_base(day, base):
    """To the half cent that each of the two is rounded by."""
    plan = {"base_minor": base, "parts": (Part("", 10**6),)}
    said = terms("income_share", "base_plus_commission", **plan)
    split = START + day * DAY
    month = Period.month("2026-10")
    parts = [Period(month.start, split), Period(split, month.end)]

    found = chained([with_shelves("AGT", said, part) for part in parts], [], OVER)

    assert abs(sum(each.earned_minor for each in found) - base) <= 1
