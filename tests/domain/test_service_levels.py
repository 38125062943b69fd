from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.contract_facts import ServiceLevel
from vendorops.domain.money import Money
from vendorops.domain.service_levels import (
    BadMeasurement,
    Measured,
    Unmeasured,
    missed,
    service_credit,
)

ONE = 10**6


@st.composite
def agreed_levels(draw: st.DrawFn) -> list[ServiceLevel]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        credit, cap = sorted((draw(st.integers(0, ONE)), draw(st.integers(0, ONE))))
        found.append(ServiceLevel(f"level{number}", "", draw(st.integers(0, ONE)), credit, cap))
    return found


@st.composite
def counts(draw: st.DrawFn) -> Measured:
    total = draw(st.integers(0, 10_000))
    return Measured(draw(st.integers(0, total)), total)


@given(data=st.data(), levels=agreed_levels(), minor=st.integers(0, 10**12))
def test_the_credit_is_what_fractions_say_rounded_half_up_once(data, levels, minor):
    counted = {level.code: data.draw(counts()) for level in levels}
    share = Fraction(0)
    for level in levels:
        good, total = counted[level.code].good, counted[level.code].total
        if total and Fraction(good, total) < Fraction(level.target_e6, ONE):
            share += Fraction(level.credit_e6, ONE)
    capped = min([share, *(Fraction(level.monthly_cap_e6, ONE) for level in levels)])

    credit = service_credit(levels, missed(levels, counted), Money(minor, "CNY"))

    assert credit.minor == int(minor * capped + Fraction(1, 2))
    assert 0 <= credit.minor <= minor


@given(data=st.data(), levels=agreed_levels())
def test_one_good_case_more_never_raises_the_credit(data, levels):
    fees = Money(10**9, "CNY")
    counted = {level.code: data.draw(counts()) for level in levels}
    code = data.draw(st.sampled_from(sorted(counted)))
    before = counted[code]
    better = counted | {code: Measured(min(before.good + 1, before.total), before.total)}

    raised = service_credit(levels, missed(levels, better), fees)

    assert raised <= service_credit(levels, missed(levels, counted), fees)


def test_a_target_that_is_met_exactly_is_not_missed():
    level = ServiceLevel("accuracy", "", 995_000, 50_000, 50_000)

    assert missed([level], {"accuracy": Measured(995, 1000)}) == ()
    assert missed([level], {"accuracy": Measured(994, 1000)}) == (level,)
    assert missed([level], {"accuracy": Measured(0, 0)}) == ()


def test_a_level_that_was_not_measured_is_named():
    levels = [ServiceLevel(code, "", ONE, 0, 0) for code in ("accuracy", "turnaround")]

    with pytest.raises(Unmeasured, match="not measured yet: turnaround;"):
        missed(levels, {"accuracy": Measured(1, 1)})


@pytest.mark.parametrize(("good", "total"), [(2, 1), (-1, 1), (0, -1)])
def test_counts_that_cannot_be_are_refused(good, total):
    with pytest.raises(BadMeasurement, match="cannot be"):
        Measured(good, total)
