import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.agreed_facts import facts
from vendorops.documents import NotFacts, facts_json, facts_of, facts_sha256
from vendorops.domain.contract_facts import (
    Acceptance,
    ContractFacts,
    Guarantee,
    GuaranteeStep,
    Overtime,
    PaymentTerm,
    PriceTolerance,
    Rate,
    Tier,
)
from vendorops.domain.refusal import Refused

START = date(2026, 10, 1)
SHARE = st.integers(0, 10**6)
AMOUNT = st.integers(0, 10**15 - 1)


@st.composite
def drawn(draw: Any) -> ContractFacts:
    """Facts that do not contradict themselves."""
    ends = sorted(draw(st.sets(st.integers(1, 365), min_size=1, max_size=4)))
    shares = sorted(draw(st.lists(SHARE, min_size=len(ends), max_size=len(ends))), reverse=True)
    above = sorted(draw(st.sets(st.integers(1, 10**9), max_size=3)))
    review = draw(st.integers(1, 30))
    return ContractFacts(
        currency=draw(st.sampled_from(["CNY", "EUR", "JPY", "KWD"])),
        starts_on=START,
        ends_on=START + timedelta(days=draw(st.integers(1, 4000))),
        cap_minor=draw(st.integers(1, 10**15 - 1)),
        languages=draw(st.sampled_from(["zh", "en", "zh,en"])),
        scope=draw(st.text(max_size=20)),
        rates=(
            Rate(
                "a", draw(AMOUNT), "d", START, tiers=tuple(Tier(at, draw(AMOUNT)) for at in above)
            ),
        ),
        law="cn",
        tax_treatment=draw(st.sampled_from(["exclusive", "inclusive", "withheld"])),
        acceptance=Acceptance(review, draw(st.sampled_from([0, review, review + 3]))),
        payment=PaymentTerm(draw(st.integers(0, 365)), late_interest_e6=draw(SHARE)),
        guarantee=draw(
            st.sampled_from([None, Guarantee(ends[-1], tuple(map(GuaranteeStep, ends, shares)))])
        ),
        overtime=draw(st.sampled_from([None, Overtime(1_500_000, 2_000_000, 3_000_000)])),
        tolerance=draw(st.sampled_from([None, PriceTolerance(5_000, 20_00)])),
        particulars={"posts": draw(st.text(max_size=9)), "rows": ({"days": "1", "refund": "2"},)},
    )


@given(agreed=drawn())
def test_facts_come_back_from_their_json_as_they_were(agreed: ContractFacts):
    text = facts_json(agreed)

    assert facts_json(facts_of(text)) == text
    assert facts_of(text).rates == agreed.rates
    assert "." not in "".join(c for c in json.dumps(_numbers(json.loads(text))))
    assert len(facts_sha256(text)) == 64


def _numbers(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [found for item in value.values() for found in _numbers(item)]
    if isinstance(value, list):
        return [found for item in value for found in _numbers(item)]
    return [value] if isinstance(value, int | float) else []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tree: tree | {"bonus": 1},
        lambda tree: {name: tree[name] for name in tree if name != "cap_minor"},
        lambda tree: {name: tree[name] for name in tree if name != "court"},
        lambda tree: tree | {"cap_minor": 1.5},
        lambda tree: tree | {"cap_minor": "100"},
        lambda tree: tree | {"schema": 2},
        lambda tree: tree | {"starts_on": "1.10.2026"},
        lambda tree: tree | {"acceptance": tree["acceptance"] | {"review_days": 0}},
        lambda tree: tree | {"payment": tree["payment"] | {"bonus": 1}},
    ],
)
def test_json_that_is_not_exactly_facts_is_refused(spoil):
    tree = json.loads(facts_json(facts("bpo")))

    with pytest.raises(Refused):
        facts_of(
            json.dumps(spoil(tree), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        )


def test_the_same_facts_in_another_spelling_are_refused():
    text = facts_json(facts("rpo"))

    with pytest.raises(NotFacts, match="canonical spelling"):
        facts_of(text.replace(",", ", ", 1))
    with pytest.raises(NotFacts):
        facts_of("no facts")
