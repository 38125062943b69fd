"""The worked cases of places outside China, and both answers where the law leaves two."""

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vendorops.billing_law import billing_law
from vendorops.law import jurisdiction
from vendorops.law.evaluation import evaluate
from vendorops.law.us.iris import BadTemplate

SHARED = Path(__file__).parents[3] / "shared" / "law" / "cases.json"
AS_OF = date(2026, 11, 22)
SOFT = ("literal-reading", "assumption", "ambiguous", "provisional")


def shared_cases():
    if not SHARED.is_file():
        return []
    cases = json.loads(SHARED.read_text("utf-8"))
    return [case for case in cases if case["jurisdiction"] != "CN"]


CASES = shared_cases()


@pytest.mark.skipif(not CASES, reason="the shared worked cases are not on this machine")
def test_the_shared_cases_outside_china_are_all_firm():
    assert len(CASES) == 37
    assert not [case["id"] for case in CASES if case["status"] in SOFT]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_each_shared_case_outside_china_comes_out_as_expected(case):
    answer = evaluate(case, AS_OF)

    assert {key: answer[key] for key in case["expected"]} == case["expected"]


TEMPLATE = Path(__file__).parents[3] / "shared" / "corpora" / "irs-iris" / "1099-NEC-header.csv"


def iris(header, *returns, year=2025):
    case = {"jurisdiction": "US", "rule": "1099nec.iris_csv"}
    inputs = {"year": year, "header": header, "returns": list(returns)}
    answer: Any = evaluate({**case, "inputs": inputs}, AS_OF)
    return answer


def payee(at=0, **changed):
    paid = {"nonemployee_compensation": "7500.00", "federal_tax_withheld": "1800.00"}
    return {"recipient_tin": f"5369{at:05}", "recipient_last": "Doe", **paid, **changed}


@pytest.mark.skipif(
    not TEMPLATE.is_file(), reason="the template of the IRS is not on this machine"
)
def test_a_return_is_written_under_the_header_that_the_irs_publishes():
    header = TEMPLATE.read_text("utf-8")

    told = iris(header, payee(recipient_name_type="I", second_notice="X"))

    (text,) = told["files"]
    first, second = text.splitlines()
    assert first == header.splitlines()[0]
    row = dict(zip(next(csv.reader([first])), next(csv.reader([second])), strict=True))
    assert len(row) == 54
    assert row["Box 1 - Nonemployee Compensation"] == "7500.00"
    assert row["Box 4 - Federal income tax withheld"] == "1800.00"
    assert row["Recipient Last Name (Surname)"] == "Doe"
    assert (row["Tax Year"], row["2nd TIN Notice"]) == ("2025", "X")
    assert "Office Code" in told["left_empty"]
    assert [found["where"] for found in told["findings"]] == ["iris.columns"]


@pytest.mark.skipif(
    not TEMPLATE.is_file(), reason="the template of the IRS is not on this machine"
)
def test_the_template_of_another_year_is_refused():
    with pytest.raises(BadTemplate, match=r"no column for nonemployee_compensation.*for 2026"):
        iris(TEMPLATE.read_text("utf-8"), payee(), year=2026)


HEADER = (
    "Tax Year,Recipient Taxpayer ID Number,Recipient Last Name (Surname),"
    "Box 1 - Nonemployee Compensation,Box 4 - Federal income tax withheld"
)


def test_a_hundred_returns_fill_a_file_and_one_more_begins_the_next():
    told = iris(HEADER, *(payee(at) for at in range(101)))

    assert [len(text.splitlines()) for text in told["files"]] == [101, 2]
    assert told["files"][1].splitlines()[1].startswith("2025,536900100,Doe,")


@pytest.mark.parametrize(
    ("header", "row", "why"),
    [
        ("", payee(), "it is empty"),
        (HEADER + ",Tax Year", payee(), "it has Tax Year twice"),
        (HEADER, payee(recipient_last="=1+1"), "return 1: recipient_last begins like a formula"),
        (HEADER, payee(cash_tips="5.00"), "no column for cash_tips"),
    ],
)
def test_what_cannot_be_in_the_file_is_refused_by_its_name(header, row, why):
    with pytest.raises(BadTemplate, match=re.escape(why)):
        iris(header, row)


@pytest.mark.parametrize(
    "day", [date(2020, 6, 30), date(2020, 7, 1), date(2020, 12, 31), date(2021, 1, 1), AS_OF]
)
def test_both_shelves_say_the_same_of_german_tax_on_services(day):
    treatments = billing_law("de").treatments
    law = jurisdiction("de").law_of(day)

    rate = treatments["standard"].rate_e4.on(day).value
    assert law.number("reverse_charge.standard_rate") * 10_000 == rate
    assert law.text("reverse_charge.note") in treatments["reverse_charge"].reason
