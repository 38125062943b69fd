"""Amounts of one currency, counted in its smallest unit, and the roundings money may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Self

from vendorops.domain.currencies import EXPONENTS
from vendorops.domain.refusal import Refused

MOST_DIGITS = 24
"""Longer figures would be rounded by Decimal's own context; none is real."""
LIMIT_MINOR = 10**15
"""Amounts of 16 digits and more are refused: no month of any supplier comes near them."""


class BadAmount(Refused):
    """A text that is not an amount of that currency."""


class UnknownCurrency(Refused):
    """A text that is not the code of a currency in use."""


class CurrencyMismatchError(Exception):
    """Two currencies met in one sum: a defect of the caller, never a business case."""


class Rounding(Enum):
    """How a fraction of a minor unit is settled; named at every use.

    HALF_UP is away from zero at the half, as tax laws and EN 16931 round; HALF_EVEN is the
    banker's rounding; DOWN is towards zero.
    """

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    DOWN = "down"


def exponent(currency: str) -> int:
    """Return how many decimals the currency has (ISO 4217), or refuse an unknown code.

    >>> exponent("EUR"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    if currency not in EXPONENTS:
        raise UnknownCurrency(
            f"{currency[:40]!r} is not a currency of ISO 4217 that money can be in; write its "
            "code in capitals, such as CNY"
        )
    return EXPONENTS[currency]


def rounded(value: Fraction | Decimal, rounding: Rounding) -> int:
    """Return the whole number nearest to an exact value, by a named rule.

    >>> rounded(Decimal("2.5"), Rounding.HALF_UP), rounded(Decimal("-2.5"), Rounding.HALF_UP)
    (3, -3)
    >>> rounded(Decimal("2.5"), Rounding.HALF_EVEN), rounded(Decimal("2.9"), Rounding.DOWN)
    (2, 2)
    """
    above, below = value.as_integer_ratio()
    whole, rest = divmod(abs(above), below)
    over = 2 * rest - below
    if rounding is Rounding.HALF_UP:
        whole += over >= 0
    elif rounding is Rounding.HALF_EVEN:
        whole += over > 0 or (over == 0 and whole % 2)
    return whole if above >= 0 else -whole


@dataclass(frozen=True, order=True)
class Money:
    """A whole number of minor units, so that sums are exact and every database can store it.

    >>> Money.parse("19.99", "EUR") + Money(1, "EUR")
    20.00 EUR
    >>> Money.parse("0.005", "EUR")
    Traceback (most recent call last):
    vendorops.domain.money.BadAmount: '0.005' is finer than the smallest unit of EUR (2 decimals)
    """

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read a plain decimal amount such as `1234.50`; grouping and exponents are refused."""
        amount = exact(text)
        scaled = amount.scaleb(exponent(currency))
        if scaled != scaled.to_integral_value():
            places = exponent(currency)
            raise BadAmount(
                f"{text!r} is finer than the smallest unit of {currency} ({places} decimals)"
            )
        if abs(scaled) >= LIMIT_MINOR:
            raise BadAmount(f"{text!r} {currency} has more digits than any bill; check the amount")
        return cls(int(scaled), currency)

    def _same(self, other: Self) -> None:
        if other.currency != self.currency:
            raise CurrencyMismatchError(f"{other.currency} and {self.currency} cannot be added")

    def __add__(self, other: Self) -> Self:
        self._same(other)
        return type(self)(self.minor + other.minor, self.currency)

    def __sub__(self, other: Self) -> Self:
        self._same(other)
        return type(self)(self.minor - other.minor, self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, factor: Decimal | Fraction | int, *, rounding: Rounding) -> Self:
        """Scale by an exact factor and round once, to the smallest unit."""
        product = Fraction(self.minor) * Fraction(factor)
        return type(self)(rounded(product, rounding), self.currency)

    def split(self, weights: Sequence[int]) -> list[Self]:
        """Share an amount by weights without losing a unit: the largest remainders get one more.

        Hamilton's method; ties go to the earlier share, so the answer never depends on luck.

        >>> Money(100, "EUR").split([1, 1, 1])
        [0.34 EUR, 0.33 EUR, 0.33 EUR]
        """
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise ValueError("weights must not be negative and one must be above zero")
        sign = -1 if self.minor < 0 else 1
        shares = [divmod(abs(self.minor) * weight, whole) for weight in weights]
        left = abs(self.minor) - sum(share for share, _ in shares)
        luckiest = sorted(range(len(shares)), key=lambda at: (-shares[at][1], at))[:left]
        return [
            type(self)(sign * (share + (at in luckiest)), self.currency)
            for at, (share, _) in enumerate(shares)
        ]

    @property
    def text(self) -> str:
        """The amount as a plain decimal, such as `1234.50`."""
        places = exponent(self.currency)
        if not places:
            return str(self.minor)
        digits = str(abs(self.minor)).zfill(places + 1)
        return f"{'-' if self.minor < 0 else ''}{digits[:-places]}.{digits[-places:]}"

    def __repr__(self) -> str:
        return f"{self.text} {self.currency}"


def total(amounts: Sequence[Money], currency: str) -> Money:
    """Add up amounts of one currency; the sum of none is nothing."""
    found = Money(sum(amount.minor for amount in amounts), currency)
    for other in {amount.currency for amount in amounts} - {currency}:
        raise CurrencyMismatchError(f"{other} and {currency} cannot be added")
    return found


def exact(text: str) -> Decimal:
    """Read a plain decimal: digits, at most one point, a leading minus; nothing else.

    >>> exact("-12.50")
    Decimal('-12.50')
    >>> exact("1e3")
    Traceback (most recent call last):
    vendorops.domain.money.BadAmount: '1e3' is not a plain decimal number such as 1234.50
    """
    digits = text.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        if digits.isascii() and digits.isdigit():
            raise BadAmount(
                f"{text[:MOST_DIGITS]!r}… has {len(digits)} digits, more than any figure; check it"
            )
        raise BadAmount(f"{text[:40]!r} is not a plain decimal number such as 1234.50")
    return Decimal(text)
