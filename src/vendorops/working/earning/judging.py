"""Judges a reported fact: whether a plan counts it, and whether it counts days a second time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from vendorops.domain.earnings import Agreed, BadFact, Fact
from vendorops.domain.earnings.facts import TAKEN_OFF
from vendorops.domain.earnings.stretches import CALENDAR, calendar_period
from vendorops.domain.periods import DAY
from vendorops.working.earning.in_force import reads

_What = tuple[str, str, str]


@dataclass(frozen=True)
class Counted:
    """The facts that count, found by what they are of."""

    single: dict[_What, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    covering: dict[_What, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    """Those of several days: beside facts of single days only they need to be looked at."""

    def add(self, fact: Fact) -> None:
        """Count a fact, or refuse one whose days another one covers."""
        what = _what(fact)
        others = [*self.covering[what], *(self.single[what] if fact.first < fact.last else ())]
        for other in others:
            if fact.overlaps(other):
                raise BadFact(
                    f"{other.key} covers some of the days from {fact.first} to {fact.last}"
                    f" already; correct it by `replaces: {other.key}`, or leave these days out"
                )
        self._place(fact).append(fact)

    def remove(self, fact: Fact) -> None:
        """Let a fact count no longer."""
        self._place(fact).remove(fact)

    def _place(self, fact: Fact) -> list[Fact]:
        return (self.covering if fact.first < fact.last else self.single)[_what(fact)]


def _what(fact: Fact) -> _What:
    return fact.kind, fact.code, fact.subject


def judged(plans: Sequence[Agreed], fact: Fact, as_of: date) -> None:
    """Refuse a fact that no plan can count: of days to come, unread, unpriced, over an end."""
    if fact.last > as_of:
        raise BadFact(f"{fact.last} has not come yet; report what happened")
    held = [each for each in plans if fact.first in each.within]
    if not held:
        raise BadFact(f"no agreed pay plan holds on {fact.first}; have one agreed")
    agreed = held[0]
    kinds = reads(agreed.terms)
    if fact.kind not in kinds:
        raise BadFact(
            f"{agreed.terms.method} by {agreed.terms.plan} does not read a {fact.kind}; it reads"
            f" {', '.join(kinds)}"
        )
    if agreed.period in CALENDAR and fact.last not in calendar_period(agreed.period, fact.first):
        raise BadFact(
            f"{fact.first} to {fact.last} reaches into another {agreed.period}; report it by"
            f" {agreed.period}"
        )
    if fact.last not in agreed.within:
        raise BadFact(f"{agreed.reference} ends before {fact.last}; report the days apart")
    for stop in agreed.shut:
        if fact.kind not in TAKEN_OFF and fact.last in stop:
            raise BadFact(
                f"the supplier was stopped on {stop.start - DAY} and may not work after it, as on"
                f" {fact.last}; report what was done until then"
            )
    agreed.measure(agreed.terms, (fact,), 0)  # Refuses what has no rate.
