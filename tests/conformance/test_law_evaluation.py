"""Rules asked by name answer cases given as data, or refuse them with a reason."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vendorops.domain.refusal import Refused
from vendorops.law import evaluation, jurisdiction
from vendorops.law.evaluation import BadCase, Case, UnknownRule

SHARED = Path(__file__).parents[3] / "shared" / "law" / "cases.json"


def evaluate(case, as_of=date(2026, 10, 12)) -> Any:
    return evaluation.evaluate(case, as_of)


def test_every_shared_case_of_china_is_right_to_the_cent():
    if not SHARED.is_file():
        pytest.skip("the shared worked cases are not on this machine")
    cases = [
        case for case in json.loads(SHARED.read_text("utf-8")) if case["jurisdiction"] == "CN"
    ]

    assert len(cases) >= 99
    for case in cases:
        answer = evaluate(case)
        asked = {key: answer.get(key) for key in case["expected"]}
        assert asked == case["expected"], case["id"]


SOFT = {"literal-reading", "assumption", "ambiguous", "provisional"}
"""What the shared cases say of answers that an authority may still give otherwise."""


def test_every_shared_case_that_is_not_firm_rests_on_a_switch_and_says_so():
    if not SHARED.is_file():
        pytest.skip("the shared worked cases are not on this machine")
    soft = [case for case in json.loads(SHARED.read_text("utf-8")) if case["status"] in SOFT]
    parameters = jurisdiction("cn").parameters
    switches = {
        name
        for name, dated in parameters.items()
        if any(figure.options for figure in dated.versions.values())
    }

    assert len(soft) >= 11
    for case in soft:
        today = evaluate({**case, "day": "2026-11-22"})
        told = {finding["where"] for finding in today["findings"]}
        assert told & switches, case["id"]


CASE = {
    "id": "1",
    "jurisdiction": "CN",
    "rule": "iit.labor_remuneration.per_payment",
    "inputs": {"payment": "2000", "resident": True},
}


def test_a_case_answers_with_the_law_of_its_own_day():
    assert evaluate(CASE) == {"withheld": "240.00", "net": "1760.00", "findings": []}
    with pytest.raises(Refused, match="it starts 2019-01-01"):
        evaluate({**CASE, "day": "2018-12-31"})


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"day": "2025-03-04", "effective": "2019-01-01/"}, date(2025, 3, 4)),
        ({"effective": "2019-01-01/2027-12-31"}, date(2019, 1, 1)),
        ({"effective": "2026"}, date(2026, 1, 1)),
        ({"effective": "/2020-12-31"}, date(2020, 12, 31)),
        ({"effective": "/2027-12-31"}, date(2026, 10, 12)),
        ({"effective": None}, date(2026, 10, 12)),
        ({}, date(2026, 10, 12)),
    ],
)
def test_the_law_that_answers_is_that_of_the_case_or_of_the_day_asked_on(said, day):
    assert Case.model_validate({**CASE, **said}).law_day(date(2026, 10, 12)) == day


def test_a_case_without_a_day_never_meets_law_that_is_not_yet_in_force():
    before = evaluate(CASE, as_of=date(2026, 10, 31))
    after = evaluate(CASE, as_of=date(2026, 11, 1))

    assert before["findings"] == []
    (noted,) = after["findings"]
    assert noted["code"] == "vat-not-kept-back"
    assert noted["message"]


def test_a_deadline_that_rests_on_an_unknown_holiday_notice_says_so():
    case = {"jurisdiction": "CN", "rule": "calendar.month_15", "effective": "2026"}

    known = evaluate({**case, "inputs": {"filing_month": "2026-10"}})
    unknown = evaluate({**case, "inputs": {"filing_month": "2027-10"}})

    assert known == {"due": "2026-10-26", "findings": []}
    assert [noted["code"] for noted in unknown["findings"]] == ["law-unconfirmed"]


def test_an_unknown_rule_is_refused_and_the_known_ones_named():
    with pytest.raises(UnknownRule, match=r"no rule 'iit\.moon'; it has .*calendar\.month_15,"):
        evaluate({**CASE, "rule": "iit.moon"})
    with pytest.raises(UnknownRule, match="it has none"):
        evaluate({**CASE, "jurisdiction": "XA"})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"inputs": {"payment": 2000.5}}, "payment: Input should be a valid string"),
        ({"inputs": {"paid": "2000"}}, "payment: Field required"),
        ({"inputs": {"payment": "2,000"}}, "not a plain decimal"),
        ({"inputs": {"payment": "-1"}}, "below zero"),
        ({"rules": "x"}, "rules: Extra inputs"),
        ({"day": "yesterday"}, "'yesterday' is not a day"),
        ({"jurisdiction": "MOON"}, "knows no 'moon'"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_with_its_reason(change, reason):
    with pytest.raises(Refused, match=reason):
        evaluate({**CASE, **change})
    assert issubclass(BadCase, Refused)


@pytest.mark.parametrize(
    ("rule", "inputs", "day", "since"),
    [
        ("iit.platform.cumulative", {"monthly_income": ["10000"]}, "2025-09-30", "2025-10-01"),
        (
            "iit.platform.two_platforms",
            {"platform_A_month1": "9000", "platform_B_month1": "9000"},
            "2024-12-31",
            "2025-10-01",
        ),
        (
            "iit.student_intern",
            {"july_pay": "5000", "full_time_student": True},
            "2019-07-01",
            "2020-07-01",
        ),
        ("vat.platform_worker.due", {"month": "2025-09"}, "2026-10-12", "2025-10-01"),
    ],
)
def test_a_method_is_refused_for_days_on_which_it_had_not_begun(rule, inputs, day, since):
    case = {"id": "1", "jurisdiction": "CN", "rule": rule, "inputs": inputs, "day": day}

    with pytest.raises(Refused, match=f"since {since}"):
        evaluate(case)
    if "month" not in inputs:
        assert evaluate({**case, "day": since})
