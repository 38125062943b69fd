"""Amounts with the formula they come of, and what of a period's facts they are a share of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vendorops.domain.earnings.facts import Fact
from vendorops.domain.earnings.terms import PayTerms
from vendorops.domain.measure import extended, price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.program import UnknownTerm


@dataclass(frozen=True)
class Line:
    """One amount, and how it was calculated."""

    code: str
    minor: int
    formula: str
    """In figures, with its rounding, so that anybody can do it again."""


@dataclass(frozen=True)
class Basis:
    """What the facts of a period come to before anybody's share of it."""

    lines: tuple[Line, ...]
    short_minor: int = 0
    """What is left uncovered and lessens the next period: a loss, or refunds above revenue."""

    @property
    def minor(self) -> int:
        """The amount; never below zero."""
        return sum(line.minor for line in self.lines)


def counted(terms: PayTerms, facts: Sequence[Fact], kinds: Sequence[str]) -> tuple[Line, ...]:
    """Return what counted facts come to at the agreed rates: one line a code, rounded once."""
    totals: dict[str, int] = {}
    for fact in facts:
        if fact.kind in kinds:
            totals[fact.counted_as] = totals.get(fact.counted_as, 0) + fact.quantity_e4
    prices = {rate.code: rate.price_e6 for rate in terms.rates}
    return tuple(_line(code, totals[code], prices, terms.currency) for code in sorted(totals))


def _line(code: str, quantity: int, prices: Mapping[str, int], currency: str) -> Line:
    if code not in prices:
        known = ", ".join(sorted(prices)) or "none"
        raise UnknownTerm(f"no rate is agreed for {code!r}, only for {known}; agree on one")
    amount = extended(quantity, prices[code], currency)
    said = f"{quantity_text(quantity)} {code} x {price_text(prices[code])}, half up"
    return Line(code, amount.minor, said)


def balanced(
    terms: PayTerms, facts: Sequence[Fact], signs: Mapping[str, int], short_minor: int
) -> Basis:
    """Return what comes in less what goes out and what was short before; below zero is short.

    `signs` says of each kind of fact whether it adds (1) or takes away (-1).
    """
    lines = []
    for kind, sign in signs.items():
        amounts = [fact.amount_minor for fact in facts if fact.kind == kind]
        if amounts:
            said = f"{len(amounts)} x {kind}" if len(amounts) > 1 else kind
            lines.append(Line(kind, sign * sum(amounts), said))
    if short_minor:
        lines.append(Line("brought_forward", -short_minor, "short in earlier periods"))
    left = sum(line.minor for line in lines)
    if left >= 0:
        return Basis(tuple(lines))
    kept = -left if terms.carry_losses else 0
    said = "short, lessens the next period" if kept else "short, borne by us"
    lines.append(Line("carried_forward" if kept else "not_carried", -left, said))
    return Basis(tuple(lines), kept)


def money(minor: int, terms: PayTerms) -> str:
    """Write an amount of the agreement's currency as a plain decimal."""
    return Money(minor, terms.currency).text
