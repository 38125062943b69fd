"""Rules asked by name answer cases given as data, or refuse them with a reason."""

import json
from pathlib import Path

import pytest

from vendorops.domain.refusal import Refused
from vendorops.law.evaluation import BadCase, UnknownRule, evaluate, rules

SHARED = Path(__file__).parents[3] / "shared" / "law" / "cases.json"


def test_every_shared_case_of_a_rule_we_have_is_right_to_the_cent():
    if not SHARED.is_file():
        pytest.skip("the shared worked cases are not on this machine")
    cases = [
        case for case in json.loads(SHARED.read_text("utf-8")) if case["jurisdiction"] == "CN"
    ]
    known = rules("cn")

    ours = [case for case in cases if case["rule"] in known]

    assert {case["rule"] for case in ours} == set(known)
    for case in ours:
        answer = evaluate(case)
        asked = {key: answer.get(key) for key in case["expected"]}
        assert asked == case["expected"], case["id"]


CASE = {
    "id": "1",
    "jurisdiction": "CN",
    "rule": "iit.labor_remuneration.per_payment",
    "inputs": {"payment": "2000", "resident": True},
}


def test_a_case_answers_with_the_law_of_its_own_day():
    assert evaluate(CASE) == {"withheld": "240.00", "net": "1760.00"}
    with pytest.raises(Refused, match="it starts 2019-01-01"):
        evaluate({**CASE, "day": "2018-12-31"})


def test_an_unknown_rule_is_refused_and_the_known_ones_named():
    with pytest.raises(UnknownRule, match=r"no rule 'iit\.moon'; it has calendar\.month_15,"):
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
