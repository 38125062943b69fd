"""What is earned stretch by stretch under terms that follow each other, each with its proof."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vendorops.domain.earnings.facts import TAKEN_OFF, Fact
from vendorops.domain.earnings.lines import Basis, Line, money
from vendorops.domain.earnings.stretches import Stretch, stretches
from vendorops.domain.earnings.taking_off import Open, taken_off
from vendorops.domain.earnings.terms import PayTerms
from vendorops.domain.money import Money
from vendorops.domain.periods import DAY, Period

Measure = Callable[[PayTerms, Sequence[Fact], int], Basis]
"""A settlement method: facts, and what was short before, to a basis."""
Earn = Callable[[PayTerms, Basis, Sequence[Fact], Stretch], tuple[Line, ...]]
"""A pay plan: a basis, with the facts and days it is of, to earned lines."""


@dataclass(frozen=True)
class Agreed:
    """Terms with the days they hold, and the method and plan that they name."""

    reference: str
    terms: PayTerms
    within: Period
    measure: Measure
    earn: Earn
    period: str
    every: bool
    """Whether a period without any fact earns as well, as base pay does."""
    shut: tuple[Period, ...] = ()
    """Days on which the payee might not work: a period within them earns by its facts alone."""

    def open_in(self, stretch: Stretch) -> bool:
        """Tell whether the payee might work on any day of a stretch."""
        return not any(
            stop.start <= stretch.start and stretch.end <= stop.end for stop in self.shut
        )


@dataclass(frozen=True)
class Statement:
    """One stretch: what it rests on, what it earned, whose parts that is, what is taken off."""

    agreed: Agreed
    stretch: Stretch
    facts: tuple[Fact, ...]
    basis: Basis
    earned: tuple[Line, ...]
    parts: tuple[tuple[str, int], ...]
    """Contract (empty: the own one) and amount; they add up to what was earned."""
    deducted_minor: int
    recovered_minor: int
    left: Open
    """What the next stretch begins with."""

    @property
    def done_on(self) -> date:
        """The last day on which something was done for it: of its facts, else an open one."""
        if self.facts:
            return min(max(fact.last for fact in self.facts), self.stretch.last_day)
        day = self.stretch.last_day
        for stop in reversed(self.agreed.shut):
            day = stop.start - DAY if day in stop else day
        return day

    @property
    def earned_minor(self) -> int:
        """What all parts come to."""
        return sum(line.minor for line in self.earned)

    @property
    def own_minor(self) -> int:
        """The part of the contract itself, before anything is taken off."""
        return dict(self.parts)[""]

    @property
    def net_minor(self) -> int:
        """What of the own part is left; never below zero."""
        return self.own_minor - self.deducted_minor - self.recovered_minor


def chained(agreed: Sequence[Agreed], facts: Sequence[Fact], over: date) -> list[Statement]:
    """Return the statements of all stretches that are over on a day, in the order they end.

    Each begins with what the ones before left open. Deductions and advances count from the
    first stretch on that ends after their day. The order of the facts changes nothing.
    """
    found: list[Statement] = []
    left, seen = Open(), date.min
    taken = [fact for fact in facts if fact.kind in TAKEN_OFF]
    for each, stretch, own in _in_order(agreed, facts, over):
        left = _joined(left, taken, Period(seen, stretch.end))
        seen = max(seen, stretch.end)
        statement = _stated(each, stretch, own, left)
        left = statement.left
        found.append(statement)
    return found


def _in_order(
    agreed: Sequence[Agreed], facts: Sequence[Fact], over: date
) -> Iterator[tuple[Agreed, Stretch, tuple[Fact, ...]]]:
    ordered = sorted(facts, key=lambda fact: (fact.first, fact.key))
    found = [
        (each, stretch, own)
        for each in agreed
        for stretch, own in stretches(each.period, ordered, _begun(each, over), every=each.every)
        if stretch.end + timedelta(days=each.terms.report_days) <= over
        and (own or each.open_in(stretch))
    ]
    yield from sorted(found, key=lambda one: (one[1], one[0].within))


def _begun(agreed: Agreed, over: date) -> Period:
    """Return the days that terms hold; a period that is not over is left to the last check.

    Periods to come are cut off, so that terms without an end do not make endless stretches.
    """
    last = Period.month_of(max(over, agreed.within.start)).end + timedelta(days=7)
    return Period(agreed.within.start, min(agreed.within.end, last))


def _joined(left: Open, facts: Sequence[Fact], days: Period) -> Open:
    def of(kind: str) -> int:
        return sum(each.amount_minor for each in facts if each.kind == kind and each.first in days)

    return replace(
        left,
        deductions_minor=left.deductions_minor + of("deduction"),
        advances_minor=left.advances_minor + of("advance"),
    )


def _stated(agreed: Agreed, stretch: Stretch, facts: tuple[Fact, ...], before: Open) -> Statement:
    terms = agreed.terms
    basis = agreed.measure(terms, facts, before.short_minor)
    earned = _capped(terms, agreed.earn(terms, basis, facts, stretch))
    whole = Money(sum(line.minor for line in earned), terms.currency)
    shares = whole.split([part.share_e6 for part in terms.parts])
    parts = [(part.to, share.minor) for part, share in zip(terms.parts, shares, strict=True)]
    opened = replace(before, short_minor=basis.short_minor)
    deducted, recovered, left = taken_off(terms, dict(parts)[""], opened)
    return Statement(
        agreed, stretch, facts, basis, earned, tuple(parts), deducted, recovered, left
    )


def _capped(terms: PayTerms, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    above = sum(line.minor for line in lines) - terms.cap_minor
    if not terms.cap_minor or above <= 0:
        return lines
    return (*lines, Line("cap", -above, f"no more than {money(terms.cap_minor, terms)} a period"))
