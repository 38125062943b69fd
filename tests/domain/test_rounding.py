"""Every named rounding is that of Python's own decimals, however far from zero, on either side."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.money import Rounding, rounded

THEIRS = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.DOWN: decimal.ROUND_DOWN,
}


@pytest.mark.parametrize("rounding", Rounding)
@given(
    st.integers(-(10**18), 10**18),
    st.integers(0, 6),
    st.sampled_from([0, 1, 4, 5, 6, 9]),
)
def test_a_rounding_is_that_of_pythons_decimals(rounding, whole, places, last):
    value = (Decimal(whole) * 10 + last).scaleb(-places)

    theirs = int(value.quantize(Decimal(1), THEIRS[rounding]))

    assert rounded(value, rounding) == rounded(Fraction(value), rounding) == theirs


@pytest.mark.parametrize("rounding", Rounding)
@given(st.fractions())
def test_a_fraction_no_decimal_can_write_goes_to_one_of_its_neighbours(rounding, value):
    off = Fraction(rounded(value, rounding)) - value

    assert abs(off) <= (Fraction(1, 2) if rounding is not Rounding.DOWN else 1)
    if rounding is Rounding.DOWN:
        assert off * value <= 0
        assert abs(off) < 1
