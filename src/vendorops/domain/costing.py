"""Lays an amount to cost centres to the smallest unit: what is laid is always all of it."""

from collections.abc import Sequence

from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused

WHOLE_E6 = 10**6
NOBODY = ""
"""The centre of what nobody has been told to bear yet."""


class NotTheWhole(Refused):
    """Shares that are not all of an amount, or more."""


def weighed(amount: Money, weights: Sequence[int]) -> list[Money]:
    """Share an amount by weights, none below zero; where all are nothing, evenly.

    >>> weighed(Money(100, "EUR"), [0, 0, 0])
    [0.34 EUR, 0.33 EUR, 0.33 EUR]
    """
    if len(weights) == 1:
        return [amount]
    return amount.split(weights if any(weights) else [1] * len(weights))


def borne(amount: Money, shares: Sequence[tuple[str, int]]) -> list[tuple[str, Money]]:
    """Return who bears how much of an amount, given centres with their shares in millionths.

    The largest remainders get one unit more (Hamilton), so nothing is lost or made. Without shares
    NOBODY bears it.

    >>> borne(Money(101, "EUR"), [("A", 500_000), ("B", 500_000)])
    [('A', 0.51 EUR), ('B', 0.50 EUR)]
    """
    if not shares:
        return [(NOBODY, amount)]
    check_whole([share for _, share in shares])
    parts = weighed(amount, [share for _, share in shares])
    return [(centre, part) for (centre, _), part in zip(shares, parts, strict=True)]


def check_whole(shares: Sequence[int]) -> None:
    """Refuse shares that are not above nothing or do not sum to exactly one million.

    >>> check_whole([333_333, 333_333, 333_333])
    Traceback (most recent call last):
    vendorops.domain.costing.NotTheWhole: the shares come to 99.9999 %; make them exactly 100 %
    """
    if any(share <= 0 for share in shares):
        raise NotTheWhole("every share must be above nothing; leave out who bears none")
    whole = sum(shares)
    if whole != WHOLE_E6:
        told = f"{whole // 10**4}.{whole % 10**4:04d}".rstrip("0").rstrip(".")
        raise NotTheWhole(f"the shares come to {told} %; make them exactly 100 %")
