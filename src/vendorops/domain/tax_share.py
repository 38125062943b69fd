"""How the tax of an invoice falls on its lines, so that each part is paid with its own tax."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vendorops.domain.money import Money, Rounding, total

RATE_SCALE = 10_000
"""Rates are ten-thousandths of one (BT-152)."""


@dataclass(frozen=True)
class TaxedAmount:
    """The part of an invoice line that is paid, and how it is taxed."""

    net: Money
    category: str
    """BT-151."""
    rate_e4: int


def tax_shares(lines: Sequence[TaxedAmount], whole: Money | None = None) -> list[Money]:
    """Return the tax of each line; no unit is lost between the lines and their sum.

    The tax of a category and rate is its net times the rate, rounded half up once (EN 16931
    BR-CO-17), and then shared out by net. `whole` is the invoice's own tax, which holds where all
    of it is paid, however its writer rounded.

    >>> line = TaxedAmount(Money(10_03, "EUR"), "S", 600)
    >>> tax_shares([line, line, line])
    [0.61 EUR, 0.60 EUR, 0.60 EUR]
    >>> tax_shares([line, line, line], whole=Money.parse("1.80", "EUR"))
    [0.60 EUR, 0.60 EUR, 0.60 EUR]
    """
    if not lines:
        return []
    currency = lines[0].net.currency
    shares = [Money(0, currency)] * len(lines)
    for group in _groups(lines):
        due = _tax(total([lines[at].net for at in group], currency), lines[group[0]].rate_e4)
        begun = [_tax(lines[at].net, lines[at].rate_e4) for at in group]
        for at, share in zip(group, _reach(due, begun, [lines[at] for at in group]), strict=True):
            shares[at] = share
    return shares if whole is None else _reach(whole, shares, lines)


def _groups(lines: Sequence[TaxedAmount]) -> list[list[int]]:
    found: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        found[line.category, line.rate_e4].append(at)
    return list(found.values())


def _tax(net: Money, rate_e4: int) -> Money:
    return net.times(Fraction(rate_e4, RATE_SCALE), rounding=Rounding.HALF_UP)


def _reach(wanted: Money, shares: Sequence[Money], lines: Sequence[TaxedAmount]) -> list[Money]:
    """Spread what the shares miss of a sum over the lines, by the size of what is taxed."""
    missing = wanted - total(shares, wanted.currency)
    weights = [abs(line.net.minor) * line.rate_e4 for line in lines]
    if not any(weights):
        weights = [1] * len(lines)
    more = missing.split(weights)
    return [share + extra for share, extra in zip(shares, more, strict=True)]
