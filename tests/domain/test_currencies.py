"""Every amount knows how many decimals its currency has, or is refused."""

import pytest

from vendorops.domain.currencies import EXPONENTS
from vendorops.domain.money import Money, UnknownCurrency, exponent


def test_the_table_is_that_of_iso_4217_but_for_codes_without_a_smallest_unit():
    iso4217 = pytest.importorskip("iso4217")
    pycountry = pytest.importorskip("pycountry")

    published = {found.code.upper(): found.exponent for found in iso4217.Currency}

    assert {code: places for code, places in published.items() if places is not None} == EXPONENTS
    assert {found.alpha_3 for found in pycountry.currencies} >= set(EXPONENTS)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1234", "JPY", 1234),
        ("1234", "UGX", 1234),
        ("1.50", "CNY", 150),
        ("1.234", "OMR", 1234),
        ("1.2345", "CLF", 12345),
    ],
)
def test_amounts_count_in_the_smallest_unit_of_their_own_currency(text, currency, minor):
    amount = Money.parse(text, currency)

    assert amount.minor == minor
    assert amount.text == text


@pytest.mark.parametrize("code", ["XXX", "XTS", "XAU", "cny", "RMB", "", "E" * 99])
def test_a_code_that_is_no_currency_is_refused_in_a_sentence(code):
    with pytest.raises(UnknownCurrency, match="is not a currency of ISO 4217") as refused:
        Money.parse("1", code)
    assert len(str(refused.value)) < 160
    with pytest.raises(UnknownCurrency):
        exponent(code)
