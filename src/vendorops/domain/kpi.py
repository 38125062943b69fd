"""What a supplier's work came to, in figures that follow from dated events alone.

Times are the supplier's own hours; what the buyer and the program took is told beside them and
never counted against it. A figure nothing was there to measure by is not there, not zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from vendorops.domain.attribution import HOUR, PRECEDENCE, Begun, Counted, attributed
from vendorops.domain.periods import Period
from vendorops.domain.turns import Turn

HOURS, SHARE = "hour", "share"
TIMES = ("time_to_submit", "time_to_interview", "time_to_offer", "time_to_fill")
SHARES = (
    *("submit_to_interview", "fill_rate", "offer_to_start"),
    *("retention_30", "retention_90", "retention_180"),
    *("acceptance_first_time", "claims_first_time", "service_levels_met"),
)
CODES = (*TIMES, *SHARES)
RETAINED = (30, 90, 180)
"""Days after the start on which a person who was placed must still be there."""


@dataclass(frozen=True)
class Search:
    """One requisition as one supplier met it; as far as it has come."""

    reference: str
    positions: int
    released: datetime
    turns: tuple[Begun, ...]
    reached: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    """When it came to what a time is measured to, by the code of the time; each fill counts."""
    ended: datetime | None = None
    """When the requisition was filled or closed; one that was cancelled asked for nobody."""


@dataclass(frozen=True)
class Placed:
    """Somebody of the supplier who started."""

    started: date
    left: date | None = None
    excused: bool = False
    """Left for a reason that is the buyer's, such as a layoff."""


@dataclass(frozen=True)
class Judged:
    """Something that either met what was asked or did not: on which day that was settled."""

    on: date
    met: bool


@dataclass(frozen=True)
class Facts:
    """All that is known of one supplier's work; `shares` by the code of their figure."""

    searches: Sequence[Search] = ()
    placed: Sequence[Placed] = ()
    shares: Mapping[str, Sequence[Judged]] = field(default_factory=dict)


@dataclass(frozen=True)
class Value:
    """One figure: what was counted, of how many; times keep whose they were."""

    code: str
    unit: str
    total: int
    """The supplier's microseconds, or how many met it."""
    count: int
    sides: Mapping[str, int] = field(default_factory=dict)
    """Microseconds by whose they were, of times."""

    @property
    def exact(self) -> Fraction:
        """Mean hours, or the share of one."""
        return Fraction(self.total, self.count * (HOUR if self.unit == HOURS else 1))


def measured(facts: Facts, period: Period, day: date, counted: Counted) -> dict[str, Value]:
    """Return every figure of a period that can be told on a day, by its code.

    What happened after `day` is not known on it, and retention is told of those only who started
    long enough before.

    >>> start = date(2026, 1, 5)
    >>> facts = Facts(placed=[Placed(start), Placed(start, left=date(2026, 1, 9))])
    >>> found = measured(facts, Period.month("2026-01"), date(2026, 3, 1), lambda a, b: 0)
    >>> {code: str(value.exact) for code, value in found.items()}
    {'retention_30': '1/2'}
    """
    values = [
        *(_time(code, facts.searches, period, counted) for code in TIMES),
        _fill_rate(facts.searches, period),
        *(_retention(days, facts.placed, period, day) for days in RETAINED),
        *(_share(code, judged, period, day) for code, judged in sorted(facts.shares.items())),
    ]
    found = {value.code: value for value in values if value.count}
    return {code: found[code] for code in CODES if code in found}


def _time(code: str, searches: Iterable[Search], period: Period, counted: Counted) -> Value:
    """Add up the time from release to events that lie in the period, by whose it was."""
    sides = dict.fromkeys(PRECEDENCE, 0)
    count = 0
    for search in searches:
        for reached in search.reached.get(code, ()):
            if reached.date() in period:
                count += 1
                parts = attributed(search.turns, search.released, reached, counted)
                sides = {turn: sides[turn] + parts[turn] for turn in PRECEDENCE}
    told = {turn.value: ticks for turn, ticks in sides.items()}
    return Value(code, HOURS, sides[Turn.SUPPLIER], count, told)


def _fill_rate(searches: Iterable[Search], period: Period) -> Value:
    """Count the positions filled among those of requisitions that ended in the period."""
    ended = [search for search in searches if search.ended and search.ended.date() in period]
    fills = sum(min(len(search.reached.get(TIMES[-1], ())), search.positions) for search in ended)
    return Value("fill_rate", SHARE, fills, sum(search.positions for search in ended))


def _retention(days: int, placed: Iterable[Placed], period: Period, day: date) -> Value:
    """Count who was there so many days after a start in the period; the excused do not count."""
    kept = total = 0
    for one in placed:
        until = one.started + timedelta(days=days)
        left_early = one.left is not None and one.left < until
        if one.started not in period or until > day or (left_early and one.excused):
            continue
        total += 1
        kept += not left_early
    return Value(f"retention_{days}", SHARE, kept, total)


def _share(code: str, judged: Iterable[Judged], period: Period, day: date) -> Value:
    known = [one for one in judged if one.on in period and one.on <= day]
    return Value(code, SHARE, sum(one.met for one in known), len(known))
