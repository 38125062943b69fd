"""Guardrails of labour dispatch: each passes, fails, or says what it was not told."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.dispatch import (
    DispatchFacts,
    Post,
    ServiceFacts,
    Verdict,
    dispatch_checks,
    most_dispatched,
    service_checks,
)
from vendorops.domain.periods import Period

DAY = date(2026, 11, 4)
LICENCE = Period(date(2025, 1, 1), date(2028, 1, 1))
AUXILIARY = Post(
    "auxiliary",
    main_business=False,
    congress_discussed=True,
    negotiated=True,
    published=True,
)
TEMPORARY = Post("temporary", Period(date(2026, 6, 1), date(2026, 12, 1)))
SUBSTITUTE = Post(
    "substitute",
    absent_employee="E-17",
    absent_because="full-time study",
    absent_until=date(2027, 6, 30),
)
GOOD = DispatchFacts(
    on_day=DAY,
    post=AUXILIARY,
    licence=LICENCE,
    registered_capital=2_000_000,
    employees=90,
    dispatched=10,
    contract_months=24,
    fixed_term=True,
    paid_monthly=True,
    minimum_wage_when_idle=True,
    agreements=(Period(date(2025, 1, 1), date(2025, 6, 1)), Period(date(2026, 1, 1), DAY)),
    same_pay_method=True,
    fees_from_worker=(),
    chain_length=1,
    agency_owners=frozenset({"a"}),
    user_owners=frozenset({"b"}),
    part_time=False,
    agreement_states=frozenset(
        {"posts", "headcount", "term", "pay", "social_insurance", "liability"}
    ),
    persons=10,
    ordered_to_correct=False,
)
OUTSOURCING = {"intermediation": False, "started_on": date(2026, 10, 1)}
CODES = [f"LD-{number}" for number in range(1, 17)]


def said(facts):
    return {found.code: found.verdict for found in dispatch_checks(facts)}


def failing(facts):
    return {code for code, verdict in said(facts).items() if verdict is Verdict.FAIL}


@given(st.integers(0, 100_000), st.integers(0, 12_000))
def test_the_cap_is_a_tenth_of_all_and_so_a_ninth_of_our_own(employees, dispatched):
    within = Fraction(dispatched, max(employees + dispatched, 1)) <= Fraction(1, 10)

    assert (dispatched <= most_dispatched(employees, DAY)) == within
    assert most_dispatched(employees, DAY) == employees // 9


@pytest.mark.parametrize("post", [AUXILIARY, TEMPORARY, SUBSTITUTE], ids=lambda post: post.kind)
def test_a_dispatch_in_order_passes_every_guardrail(post):
    assert said(replace(GOOD, post=post)) == dict.fromkeys(CODES, Verdict.PASS)


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("LD-1", {"licence": Period(DAY, DAY)}),
        ("LD-1", {"licence": Period(date(2025, 1, 1), date(2028, 1, 2))}),
        ("LD-2", {"registered_capital": 1_999_999}),
        ("LD-3", {"post": Post("regular")}),
        ("LD-4", {"post": Post("temporary", Period(date(2026, 6, 1), date(2026, 12, 2)))}),
        ("LD-5", {"post": replace(AUXILIARY, main_business=True)}),
        ("LD-5", {"post": replace(AUXILIARY, published=False)}),
        ("LD-6", {"post": replace(SUBSTITUTE, absent_because="")}),
        ("LD-7", {"employees": 89}),
        ("LD-8", {"contract_months": 23}),
        (
            "LD-9",
            {
                "agreements": (
                    Period(DAY, date(2027, 1, 1)),
                    Period(date(2027, 1, 1), date(2028, 1, 1)),
                )
            },
        ),
        ("LD-10", {"same_pay_method": False}),
        ("LD-11", {"fees_from_worker": ("uniform deposit",)}),
        ("LD-12", {"chain_length": 2}),
        ("LD-13", {"user_owners": frozenset({"a", "b"})}),
        ("LD-14", {"part_time": True}),
        ("LD-15", {"agreement_states": frozenset({"posts", "pay"})}),
    ],
)
def test_each_breach_fails_its_guardrail_and_no_other(code, changed):
    kin = {"LD-16"} if code == "LD-1" else set()

    assert failing(replace(GOOD, **changed)) == {code} | kin


def test_a_fact_that_nobody_told_is_unknown_and_neither_kept_nor_broken():
    verdicts = said(DispatchFacts(on_day=DAY))

    assert verdicts.pop("LD-16") is Verdict.PASS
    assert set(verdicts.values()) == {Verdict.UNKNOWN}


def test_a_breach_that_was_not_put_right_after_an_order_is_told_its_price():
    broken = replace(GOOD, same_pay_method=False, ordered_to_correct=True)

    told = dispatch_checks(broken)[-1]

    assert (told.code, told.verdict) == ("LD-16", Verdict.FAIL)
    assert "50000 to 100000 yuan for 10 persons" in told.message


def test_every_guardrail_is_cited_and_asked_from_its_first_day_only():
    assert all(found.guard.cite for found in dispatch_checks(GOOD))
    assert dispatch_checks(replace(GOOD, on_day=date(2013, 6, 30))) == []
    assert "LD-7" not in said(replace(GOOD, on_day=date(2014, 2, 28)))


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (ServiceFacts(DAY, intermediation=True, licence=LICENCE, shown=True), Verdict.PASS),
        (ServiceFacts(DAY, intermediation=True, licence=LICENCE, shown=False), Verdict.FAIL),
        (ServiceFacts(DAY, intermediation=True), Verdict.UNKNOWN),
        (ServiceFacts(DAY, intermediation=False, started_on=date(2026, 10, 20)), Verdict.PASS),
        (ServiceFacts(DAY, intermediation=False, started_on=date(2026, 10, 19)), Verdict.FAIL),
        (
            ServiceFacts(
                DAY,
                intermediation=False,
                started_on=date(2026, 10, 1),
                filed_on=date(2026, 10, 16),
            ),
            Verdict.PASS,
        ),
        (
            ServiceFacts(
                DAY,
                intermediation=False,
                started_on=date(2026, 10, 1),
                filed_on=date(2026, 10, 17),
            ),
            Verdict.FAIL,
        ),
        (ServiceFacts(DAY, intermediation=False), Verdict.UNKNOWN),
    ],
)
def test_hr_services_need_a_licence_or_a_filing_within_fifteen_days(facts, verdict):
    (found,) = service_checks(facts)

    assert (found.code, found.verdict) == ("HR-1" if facts.intermediation else "HR-2", verdict)
