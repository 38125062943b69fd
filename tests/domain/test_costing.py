from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.costing import NOBODY, WHOLE_E6, NotTheWhole, borne, check_whole, weighed
from vendorops.domain.money import Money

amounts = st.integers(-(10**12), 10**12).map(lambda minor: Money(minor, "CNY"))


@st.composite
def wholes(draw):
    """Shares of up to eight centres that are exactly one million."""
    cuts = sorted(draw(st.sets(st.integers(1, WHOLE_E6 - 1), max_size=7)))
    ends = [0, *cuts, WHOLE_E6]
    return [(f"C{at}", end - start) for at, (start, end) in enumerate(zip(ends, ends[1:]))]  # noqa: B905, RUF007 - one shorter.


@given(amounts, wholes())
def test_what_the_centres_bear_is_the_amount_and_none_is_a_unit_off(amount, shares):
    parts = borne(amount, shares)

    assert sum(money.minor for _, money in parts) == amount.minor
    for (centre, money), (named, share) in zip(parts, shares, strict=True):
        assert centre == named
        assert abs(money.minor - Fraction(amount.minor * share, WHOLE_E6)) < 1


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=9))
def test_parts_by_weight_are_the_whole_even_where_all_weigh_nothing(amount, weights):
    parts = weighed(amount, weights)

    assert sum(part.minor for part in parts) == amount.minor
    assert len(parts) == len(weights)


def test_what_nobody_was_told_to_bear_is_kept_apart_whole():
    assert borne(Money(101, "CNY"), []) == [(NOBODY, Money(101, "CNY"))]


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ([999_999], r"come to 99\.9999 %; make them exactly 100 %"),
        ([500_000, 500_001], r"come to 100\.0001 %"),
        ([], "come to 0 %"),
        ([10**6, 0], "above nothing"),
        ([10**6 + 1, -1], "above nothing"),
    ],
)
def test_shares_that_are_not_exactly_the_whole_are_refused(shares, sentence):
    with pytest.raises(NotTheWhole, match=sentence):
        check_whole(shares)
