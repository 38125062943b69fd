from dataclasses import replace
from datetime import date

import pytest

from tests.documents.agreed_facts import facts, text_of
from tests.documents.contract_facts import squeezed
from vendorops.documents.telling import optional_words, told
from vendorops.domain.contract_facts import (
    Acceptance,
    Guarantee,
    GuaranteeStep,
    Overtime,
    PriceTolerance,
    Rate,
    ServiceLevel,
    Tier,
)
from vendorops.programs import program

PLACES = ("cn", "xa")
UNSAID = {"currency", "languages", "law", "start", "last_day", "workplace"}
IN_OTHER_WORDS = {
    "guarantee_layoff": "redundancy on the Client\N{RIGHT SINGLE QUOTATION MARK}s side is excepted"
}
"""Facts that choose a sentence instead of standing in one."""
EVERY = [
    pytest.param("cap_minor", 54_321_00, "54,321.00", id="cap"),
    pytest.param("ends_on", date(2027, 3, 1), "28 February 2027", id="end"),
    pytest.param("scope", "another scope", "another scope", id="scope"),
    pytest.param("acceptance", Acceptance(9), "9 Working Days", id="review days"),
    pytest.param("acceptance", Acceptance(6, 14), "14 Working Days", id="deemed acceptance"),
    pytest.param("notice_days", 71, "71 days", id="notice"),
    pytest.param("tolerance", PriceTolerance(9_000, 55_55), "0.9 %, CNY 55.55", id="tolerance"),
    pytest.param("renewal_months", 29, "29 个月", id="renewal"),
    pytest.param("liability_cap_minor", 66_666_00, "66,666.00", id="liability cap"),
    pytest.param("insurance_minimum_minor", 55_555_00, "55,555.00", id="insurance"),
    pytest.param("non_solicit_months", 19, "19 months", id="non-solicitation"),
    pytest.param("tax_treatment", "inclusive", "inclusive of value-added tax", id="tax"),
    pytest.param("court", "another court", "another court", id="court"),
]
PAYMENT = [
    ({"days": 61}, "61 days"),
    ({"prompt_days": 12}, "12 日"),
    ({"prompt_discount_e6": 33_000}, "3.3 %"),
    ({"late_interest_e6": 700}, "0.07 %"),
]
ONLY = [
    ("rpo", {"guarantee": Guarantee(77)}, ("77 days",)),
    (
        "rpo",
        {
            "guarantee": Guarantee(
                80,
                (GuaranteeStep(25, 900_000), GuaranteeStep(80, 410_000)),
                replacement_days=23,
                except_layoff=False,
                void_when_paid_late=True,
            )
        },
        (
            *("1\N{EN DASH}25", "90 %", "26\N{EN DASH}80", "41 %"),
            *("within 23 days", "redundancy included", "No refund is due where the fee"),
        ),
    ),
    (
        "rpo",
        {"guarantee": Guarantee(77)},
        ("redundancy on the Client\N{RIGHT SINGLE QUOTATION MARK}s side is excepted",),
    ),
    ("rpo", {"guarantee": Guarantee(77, except_layoff=False)}, ("redundancy included",)),
    (
        "bpo",
        {"service_levels": (ServiceLevel("quality", "x", 971_000, 31_000, 62_000),)},
        ("97.1 %", "3.1 %", "6.2 %"),
    ),
    (
        "bpo",
        {"service_levels": (ServiceLevel("speed", "within a day", 902_000, 10_000, 20_000),)},
        ("within a day 90.2 %", "1 %", "2 %"),
    ),
    (
        "staffing",
        {"overtime": Overtime(1_700_000, 2_300_000, 3_400_000)},
        ("1.7", "2.3", "3.4"),
    ),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("code", ["bpo", "freelance", "rpo", "staffing"])
def test_every_fact_that_money_depends_on_stands_in_the_text_of_every_template(code, place):
    agreed = facts(code)
    text = squeezed(text_of(code, place, agreed))

    for name, said in told(agreed, program(code)).items():
        if name in UNSAID:
            continue
        words = IN_OTHER_WORDS.get(name, said)
        for part in (piece for half in words.split("; ") for piece in half.split(" / ")[:1]):
            wanted = part if name != "guarantee_steps" else part.split(" ")[0]
            assert squeezed(wanted) in text, f"{name}: {wanted}"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("code", ["bpo", "freelance", "rpo", "staffing"])
def test_no_optional_fact_is_said_twice_in_two_articles(code, place):
    agreed = facts(code)
    text = squeezed(text_of(code, place, agreed))

    optional = optional_words(agreed)
    in_key_terms, languages = {"liability_cap", "court"}, len(agreed.languages.split(","))
    for name in ("liability_cap", "insurance_minimum", "late_interest", "prompt_pay", "court"):
        times = text.count(squeezed(optional[name]))
        assert times == languages + (name in in_key_terms), name


@pytest.mark.parametrize(("name", "value", "wanted"), EVERY)
def test_a_fact_that_changes_changes_the_text_of_every_program(name, value, wanted):
    for code in ("bpo", "freelance", "rpo", "staffing"):
        before, after = (
            squeezed(text_of(code, "cn", facts(code, languages="zh,en", **changed)))
            for changed in ({}, {name: value})
        )

        assert squeezed(wanted) not in before
        assert squeezed(wanted) in after


@pytest.mark.parametrize(("changed", "wanted"), PAYMENT)
def test_each_part_of_the_payment_term_stands_in_the_text(changed, wanted):
    agreed = facts("bpo")
    other = replace(agreed, payment=replace(agreed.payment, **changed))

    assert squeezed(wanted) not in squeezed(text_of("bpo", "cn", agreed))
    assert squeezed(wanted) in squeezed(text_of("bpo", "cn", other))


@pytest.mark.parametrize(("code", "changed", "wanted"), ONLY)
def test_what_only_one_program_agrees_on_stands_in_its_text(code, changed, wanted):
    text = squeezed(text_of(code, "cn", facts(code, **changed)))

    assert [part for part in wanted if squeezed(part) not in text] == []


def test_every_price_with_its_day_and_every_tier_is_a_line_of_the_table():
    rates = (
        Rate("call_handled", 4_200_000, "call", date(2026, 10, 1), "3,400"),
        Rate(
            "call_handled", 3_910_000, "call", date(2027, 2, 3), "", (Tier(50_000_000, 3_770_000),)
        ),
    )

    text = squeezed(text_of("bpo", "cn", facts("bpo", rates=rates)))

    for wanted in ("4.20", "3.91", "2027-02-03", "3.77", "from 5000"):
        assert squeezed(wanted) in text
