"""Exact quantities and unit prices as scaled integers, and the price of a line.

Quantities count ten-thousandths of a unit, prices count millionths of the major currency unit.
Their product is bounded so that every database multiplies them in 64 bits without overflow.
"""

from decimal import Decimal
from fractions import Fraction

from vendorops.domain.money import BadAmount, Money, Rounding, exact, exponent, rounded

QUANTITY_PLACES = 4
PRICE_PLACES = 6
LIMIT = 2**63 - 1
"""Largest product of a scaled quantity and a scaled price: 922 million of the currency."""


def _scaled(text: str, places: int, what: str) -> int:
    scaled = exact(text).scaleb(places)
    if scaled != scaled.to_integral_value():
        raise BadAmount(f"{what} {text!r} has more than {places} decimals; round it at its source")
    if abs(scaled) > LIMIT:
        raise BadAmount(f"{what} {text!r} is too large; check it")
    return int(scaled)


def quantity_e4(text: str) -> int:
    """Read a quantity into ten-thousandths.

    >>> quantity_e4("7.5")
    75000
    """
    return _scaled(text, QUANTITY_PLACES, "quantity")


def price_e6(text: str) -> int:
    """Read a unit price into millionths of the major currency unit.

    >>> price_e6("0.00035")
    350
    """
    return _scaled(text, PRICE_PLACES, "price")


def quantity_text(e4: int) -> str:
    """Write a scaled quantity without trailing zeros: `7.5`."""
    return f"{Decimal(e4).scaleb(-QUANTITY_PLACES).normalize():f}"


def price_text(e6: int) -> str:
    """Write a scaled price with two decimals at least: `120.00`, `0.00035`."""
    text = f"{Decimal(e6).scaleb(-PRICE_PLACES):f}".rstrip("0")
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction:0<2}"


def extended(quantity: int, price: int, currency: str) -> Money:
    """Return quantity times price, rounded half up once, to the minor unit (EN 16931 BT-131).

    >>> extended(quantity_e4("7.5"), price_e6("33.33"), "EUR")
    249.98 EUR
    """
    if abs(quantity * price) > LIMIT:
        product = f"{quantity_text(quantity)} x {price_text(price)}"
        raise BadAmount(f"{product} is larger than any line; check both, or split the line")
    divisor = 10 ** (QUANTITY_PLACES + PRICE_PLACES - exponent(currency))
    return Money(rounded(Fraction(quantity * price, divisor), Rounding.HALF_UP), currency)


def extended_in_parts(quantity: int, price: int, currency: str, parts: int) -> Money:
    """Return the most that a quantity comes to when it is accepted in up to so many parts.

    Each part is rounded half up by itself, so that the parts may come to more than the whole.

    >>> extended_in_parts(quantity_e4("1"), price_e6("0.01"), "EUR", parts=2)
    0.02 EUR
    >>> extended_in_parts(quantity_e4("7.5"), price_e6("33.33"), "EUR", parts=1)
    249.98 EUR
    """
    extended(quantity, price, currency)  # Refuses what is larger than any line.
    divisor = 10 ** (QUANTITY_PLACES + PRICE_PLACES - exponent(currency))
    most = Fraction(quantity * price, divisor) + Fraction(parts, 2)
    return Money(rounded(most, Rounding.DOWN), currency)
