from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.late_fines import BadLateFine, LateFine, days_late
from vendorops.domain.money import Money

SHARES = st.integers(1, 10**6)
AMOUNTS = st.integers(0, 10**12)
DUE = date(2026, 10, 9)


@st.composite
def fines(draw: st.DrawFn) -> LateFine:
    share, cap = sorted((draw(SHARES), draw(SHARES)))
    return LateFine(share, cap)


@given(fine=fines(), minor=AMOUNTS, days=st.integers(0, 4000))
def test_a_fine_is_the_share_a_day_up_to_the_cap_rounded_half_up_once(fine, minor, days):
    exact = min(Fraction(days * fine.share_e6, 10**6), Fraction(fine.cap_e6, 10**6)) * minor

    taken = fine.of(Money(minor, "CNY"), days)

    assert taken.minor == int(exact + Fraction(1, 2))
    assert 0 <= taken.minor <= minor


@given(fine=fines(), minor=AMOUNTS, days=st.integers(0, 400))
def test_a_day_more_is_never_cheaper(fine, minor, days):
    amount = Money(minor, "CNY")

    assert fine.of(amount, days) <= fine.of(amount, days + 1)


@given(days=st.integers(-400, 400))
def test_days_are_late_only_after_the_day_that_was_agreed(days):
    assert days_late(DUE, DUE + timedelta(days=days)) == max(days, 0)
    assert days_late(None, DUE + timedelta(days=days)) == 0


@pytest.mark.parametrize(
    ("share", "cap"),
    [(-1, 10), (20, 10), (5, 1_000_001), (0, 10), (10, 0), (1_000_001, 2_000_000)],
)
def test_a_fine_that_cannot_be_agreed_is_refused(share, cap):
    with pytest.raises(BadLateFine, match="late_fine"):
        LateFine(share, cap)


def test_without_an_agreement_nothing_is_ever_taken():
    assert LateFine().of(Money(10**9, "CNY"), 365).minor == 0
