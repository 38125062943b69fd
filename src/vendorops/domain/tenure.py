"""How long one worker may be leased to one company, and what breaks his service.

Spells are half-open stretches of days. Adjoining and overlapping ones are one; one that follows
within the break counts in full, one that follows later begins anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vendorops.domain.periods import DAY, Period, months_after

DAYS_OF_A_MONTH = 30
"""Of months that are put together from several spells; those of one spell are of the calendar."""


@dataclass(frozen=True)
class TenureRule:
    """What a law says about length of service with one company."""

    limit_months: int
    break_months: int
    """A gap of more than so many months begins service anew."""
    equal_pay_months: int
    """For so long a collective agreement may deviate from equal pay."""
    cite: str


@dataclass(frozen=True)
class Used:
    """Service in months of the calendar and days beyond them."""

    months: int
    days: int

    def __add__(self, other: "Used") -> "Used":
        more, days = divmod(self.days + other.days, DAYS_OF_A_MONTH)
        return Used(self.months + other.months + more, days)


@dataclass(frozen=True)
class Tenure:
    """Where a worker's clock stands on a day."""

    since: date
    """First day that counts."""
    days: int
    """Days of service that count, up to and without the day asked about."""
    used: Used
    limit_on: date
    """First day on which the worker may no longer be leased, if service goes on without a gap."""
    equal_pay_on: date
    """First day from which no collective agreement may deviate from equal pay."""
    rule: TenureRule


def joined(spells: Iterable[Period]) -> list[Period]:
    """Return the same days as few spells in order: what adjoins or overlaps is one."""
    found: list[Period] = []
    for spell in sorted(each for each in spells if each.start < each.end):
        if found and spell.start <= found[-1].end:
            found[-1] = Period(found[-1].start, max(found[-1].end, spell.end))
        else:
            found.append(spell)
    return found


def counted(spells: Iterable[Period], day: date, rule: TenureRule) -> list[Period]:
    """Return the spells begun by a day that count together with the last of them."""
    begun = [spell for spell in joined(spells) if spell.start <= day]
    return chains(begun, rule)[-1] if begun else []


def chains(spells: Iterable[Period], rule: TenureRule) -> list[list[Period]]:
    """Return spells that count together, in order; each chain begins after a break."""
    found: list[list[Period]] = []
    for spell in joined(spells):
        if found and spell.start <= months_after(found[-1][-1].end, rule.break_months):
            found[-1].append(spell)
        else:
            found.append([spell])
    return found


def tenure(spells: Iterable[Period], day: date, rule: TenureRule) -> Tenure | None:
    """Return where the clock stands on a day; None where it has not begun, or has run out.

    It has run out when the last spell ended more than the break ago.
    """
    chain = counted(spells, day, rule)
    if not chain or day > months_after(chain[-1].end, rule.break_months):
        return None
    *before, last = chain
    so_far = _sum(before)
    until = min(last.end, day)
    running = day <= last.end
    start, already = (last.start, so_far) if running else (day, so_far + length(last))
    return Tenure(
        since=chain[0].start,
        days=sum((min(each.end, day) - each.start).days for each in chain),
        used=so_far + length(Period(last.start, until)),
        limit_on=reached(start, already, rule.limit_months),
        equal_pay_on=reached(start, already, rule.equal_pay_months),
        rule=rule,
    )


def passed_on(spells: Iterable[Period], wanted: Period, rule: TenureRule) -> date | None:
    """Return the first day past the limit, were a stretch added; None where it stays within.

    Only what counts together with the stretch is looked at, what follows it as well.
    """
    for chain in chains([*spells, wanted], rule):
        if chain[0].start <= wanted.start < chain[-1].end:
            return _first_past(chain, rule)
    return None


def _first_past(chain: Sequence[Period], rule: TenureRule) -> date | None:
    used = Used(0, 0)
    for spell in chain:
        limit = reached(spell.start, used, rule.limit_months)
        if spell.end > limit:
            return limit
        used += length(spell)
    return None


def length(spell: Period) -> Used:
    """Return how long a spell is: months of the calendar, then days.

    >>> length(Period(date(2026, 1, 15), date(2026, 3, 20)))
    Used(months=2, days=5)
    """
    months = 0
    while months_after(spell.start, months + 1) <= spell.end:
        months += 1
    return Used(months, (spell.end - months_after(spell.start, months)).days)


def reached(start: date, already: Used, months: int) -> date:
    """Return the day on which service that begins anew on `start` makes so many months in all.

    >>> reached(date(2026, 1, 1), Used(0, 0), 18), reached(date(2026, 1, 1), Used(10, 5), 18)
    (datetime.date(2027, 7, 1), datetime.date(2026, 8, 27))
    """
    left = months - already.months
    if left < 0:
        return start
    return max(start, months_after(start, left) - already.days * DAY)


def _sum(spells: Iterable[Period]) -> Used:
    whole = Used(0, 0)
    for spell in spells:
        whole += length(spell)
    return whole
