"""Recruitment and selection cost what their parts sum to, by channel and for each hire."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.money import Money
from vendorops.domain.recruiting_cost import (
    CHANNELS,
    RECRUITMENT,
    SELECTION,
    BadCosts,
    Spent,
    costs,
)

cents = st.integers(0, 10**9).map(lambda minor: Money(minor, "CNY"))
spent = st.builds(
    Spent,
    channel=st.sampled_from(CHANNELS),
    hires=st.integers(0, 500),
    recruitment=st.dictionaries(st.sampled_from(RECRUITMENT), cents),
    selection=st.dictionaries(st.sampled_from(SELECTION), cents),
)


@given(st.lists(spent, max_size=4, unique_by=lambda one: one.channel))
def test_all_channels_together_are_the_sum_of_every_part(channels):
    *each, together = costs(channels, "CNY")
    parts = [
        money.minor
        for one in channels
        for money in (*one.recruitment.values(), *one.selection.values())
    ]
    assert together.whole.minor == sum(parts) == sum(one.whole.minor for one in each)
    for one in (*each, together):
        if one.hires:
            share = (Decimal(one.whole.minor) / one.hires).quantize(Decimal(1), ROUND_HALF_UP)
            assert one.per_hire == Money(int(share), "CNY")
        else:
            assert one.per_hire is None


def test_a_worked_example_of_one_channel():
    amounts = {"direct_labour": "12000.00", "direct_operations": "3000.00", "prepaid": "500.50"}
    money = {name: Money.parse(text, "CNY") for name, text in amounts.items()}
    chosen = {"interviews": Money.parse("1500.00", "CNY")}
    campus, _ = costs([Spent("campus", 3, money, chosen)], "CNY")
    assert (campus.recruitment, campus.selection) == (
        Money.parse("15500.50", "CNY"),
        Money.parse("1500.00", "CNY"),
    )
    assert campus.per_hire == Money.parse("5666.83", "CNY")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Spent("newspaper", 1, {}, {}), "none of referral"),
        (Spent("campus", -1, {}, {}), "below zero"),
        (Spent("campus", 1, {"bribes": Money(1, "CNY")}, {}), "bribes is none of"),
        (Spent("campus", 1, {"prepaid": Money(-1, "CNY")}, {}), "cannot be below zero"),
    ],
)
def test_costs_the_formulas_do_not_know_are_refused(wrong, said):
    with pytest.raises(BadCosts, match=said):
        costs([wrong], "CNY")
    with pytest.raises(BadCosts, match="twice"):
        costs([Spent("campus", 1, {}, {})] * 2, "CNY")
