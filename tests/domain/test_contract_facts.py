from dataclasses import replace
from datetime import date

import pytest

from vendorops.domain.contract_facts import (
    Acceptance,
    ContractFacts,
    Contradiction,
    Guarantee,
    GuaranteeStep,
    Overtime,
    PaymentTerm,
    PriceTolerance,
    Rate,
    ServiceLevel,
    Tier,
)

START = date(2026, 10, 1)
RATE = Rate("call_handled", 4_200_000, "call", START)
FACTS = ContractFacts(
    currency="CNY",
    starts_on=START,
    ends_on=date(2027, 10, 1),
    cap_minor=100,
    languages="zh",
    scope="calls",
    rates=(RATE,),
    law="cn",
    tax_treatment="exclusive",
)
LEVEL = ServiceLevel("quality", "q", 985_000, 50_000, 50_000)
CONTRADICTIONS = [
    (lambda: replace(FACTS, cap_minor=0), "cap must be above nothing"),
    (lambda: replace(FACTS, ends_on=START), "after start"),
    (lambda: replace(FACTS, languages="de"), "languages are one of"),
    (lambda: replace(FACTS, tax_treatment="none"), "tax_treatment is one of"),
    (lambda: replace(FACTS, notice_days=366), "notice_days"),
    (lambda: replace(FACTS, renewal_months=-1), "renewal_months"),
    (lambda: replace(FACTS, liability_cap_minor=-1), "liability_cap_minor"),
    (lambda: replace(FACTS, rates=()), "one price or share"),
    (lambda: replace(FACTS, rates=(RATE, RATE)), "two values from the same day"),
    (lambda: replace(FACTS, rates=(replace(RATE, valid_from=date(2027, 10, 1)),)), "within"),
    (lambda: replace(FACTS, service_levels=(LEVEL, LEVEL)), "there twice"),
    (lambda: replace(FACTS, schema=2), "schema 2"),
    (lambda: replace(RATE, value_e6=-1), "not below 0"),
    (lambda: replace(RATE, value_e6=2**53), "not below 0"),
    (lambda: replace(RATE, tiers=(Tier(10, 1), Tier(10, 2))), "quantities of tiers rise"),
    (lambda: replace(RATE, tiers=(Tier(0, 1),)), "quantities of tiers rise"),
    (lambda: Acceptance(0), "review_days"),
    (lambda: Acceptance(5, 4), "silence cannot accept before"),
    (lambda: PaymentTerm(366), "payment, days"),
    (lambda: PaymentTerm(30, 10), "come together"),
    (lambda: PaymentTerm(30, 30, 20_000), "prompt is sooner"),
    (lambda: PaymentTerm(30, late_interest_e6=1_000_001), "late_interest is a share"),
    (lambda: Guarantee(0), "guarantee, days"),
    (lambda: Guarantee(90, (GuaranteeStep(60, 1), GuaranteeStep(30, 1))), "days of steps rise"),
    (lambda: Guarantee(90, (GuaranteeStep(60, 1),)), "ends with the guarantee"),
    (lambda: Guarantee(90, (GuaranteeStep(30, 1), GuaranteeStep(90, 2))), "refunds fall"),
    (lambda: Guarantee(90, (GuaranteeStep(90, 1_000_001),)), "refund is a share"),
    (lambda: Guarantee(90, replacement_days=10), "give steps"),
    (lambda: replace(LEVEL, target_e6=1_000_001), "target is a share"),
    (lambda: replace(LEVEL, credit_e6=60_000), "not above the monthly_cap"),
    (lambda: Overtime(900_000, 2_000_000, 3_000_000), "between 1 and 10"),
    (lambda: Overtime(2_500_000, 2_000_000, 3_000_000), "do not fall"),
    (lambda: PriceTolerance(-1, 0), "tolerance, share"),
    (lambda: PriceTolerance(0, -1), "amount from 0"),
]


@pytest.mark.parametrize(("made", "told"), CONTRADICTIONS)
def test_what_cannot_be_agreed_is_refused_by_name(made, told):
    with pytest.raises(Contradiction, match=told):
        made()


def test_the_value_of_a_day_is_the_newest_that_has_begun():
    later = Rate("call_handled", 4_300_000, "call", date(2026, 12, 1))
    facts = replace(FACTS, rates=(later, RATE))

    assert facts.values(date(2026, 9, 30)) == {}
    assert facts.values(date(2026, 11, 30)) == {"call_handled": 4_200_000}
    assert facts.values(date(2026, 12, 1)) == {"call_handled": 4_300_000}


def test_a_tier_counts_from_its_quantity_on_and_not_before():
    tiered = replace(RATE, tiers=(Tier(50_000, 4_000_000), Tier(90_000, 3_500_000)))
    facts = replace(FACTS, rates=(tiered,))

    values = [facts.values(START, {"call_handled": at}) for at in (0, 49_999, 50_000, 90_000)]

    assert [each["call_handled"] for each in values] == [
        4_200_000,
        4_200_000,
        4_000_000,
        3_500_000,
    ]


def test_multiples_stand_beside_prices_under_the_names_programs_read():
    facts = replace(FACTS, overtime=Overtime(1_500_000, 2_000_000, 3_000_000))

    assert facts.values(START)["overtime_rest_day"] == 2_000_000
