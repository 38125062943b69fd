"""Lays every moment of a matter to one of those in it: the supplier, the buyer or the program.

Each event says whose turn it is next about one matter: a requisition, or one candidate proposed
for it. While anything waits for the buyer the time is the buyer's, so that nobody is scored for
another one's delay. Instants are UTC; times are whole microseconds, so that parts add up to the
whole.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vendorops.domain.periods import DAY, Calendar
from vendorops.domain.turns import Turn

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1) // MICROSECOND
"""Microseconds of an hour."""


PRECEDENCE = (Turn.BUYER, Turn.PROGRAM, Turn.SUPPLIER)
"""Who time is laid to where several are waited for."""


@dataclass(frozen=True)
class Begun:
    """From a moment on, somebody has to act about a matter."""

    at: datetime
    matter: str
    whose: Turn | None
    """None where the matter is over and waits for nobody."""


Counted = Callable[[datetime, datetime], int]
"""How many microseconds count between two instants; of adjoining stretches the sum counts."""


def every_hour(start: datetime, end: datetime) -> int:
    """Count calendar time: nights and holidays too."""
    return (end - start) // MICROSECOND


@dataclass(frozen=True)
class WorkingHours:
    """Counts the hours in which business is done in one place."""

    calendar: Calendar
    zone: ZoneInfo
    opens: time = time(9)
    closes: time = time(18)

    def __call__(self, start: datetime, end: datetime) -> int:
        """Return the working microseconds from one instant to another."""
        day, last = (at.astimezone(self.zone).date() for at in (start, end))
        total = 0
        while day <= last:
            if self.calendar.is_working(day):
                opened, closed = self._instant(day, self.opens), self._instant(day, self.closes)
                total += max(0, every_hour(max(start, opened), min(end, closed)))
            day += DAY
        return total

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def whose(waiting: Mapping[str, Turn]) -> Turn:
    """Return who is waited for; where nobody is, the program has to see that somebody acts."""
    return next((turn for turn in PRECEDENCE if turn in waiting.values()), Turn.PROGRAM)


def attributed(
    turns: Iterable[Begun], start: datetime, end: datetime, counted: Counted
) -> dict[Turn, int]:
    """Return the microseconds of a stretch by whose they were; they sum to all that count.

    >>> day = [datetime(2026, 11, number, 12, tzinfo=UTC) for number in range(1, 5)]
    >>> turns = [Begun(day[0], "REQ-1", Turn.SUPPLIER), Begun(day[2], "SUB-1", Turn.BUYER)]
    >>> parts = attributed(turns, day[0], day[3], every_hour)
    >>> {turn.value: part // HOUR for turn, part in parts.items()}
    {'buyer': 24, 'program': 0, 'supplier': 48}
    """
    parts = dict.fromkeys(PRECEDENCE, 0)
    waiting: dict[str, Turn] = {}
    since = start
    for one in sorted(turns, key=lambda one: one.at):
        at = min(max(one.at, start), end)
        if at > since:
            parts[whose(waiting)] += counted(since, at)
            since = at
        if one.whose is None:
            waiting.pop(one.matter, None)
        else:
            waiting[one.matter] = one.whose
    if end > since:
        parts[whose(waiting)] += counted(since, end)
    return parts
