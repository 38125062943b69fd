"""The stretches of days over which something is earned: calendar periods, or up to a finish."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vendorops.domain.earnings.facts import TAKEN_OFF, Fact
from vendorops.domain.periods import DAY, Period

CALENDAR = ("day", "week", "month")
WEEK_DAYS = 7


@dataclass(frozen=True, order=True)
class Stretch:
    """Days, with the first and without the end, of one subject or of all."""

    end: date
    subject: str
    label: str
    """Its name among those of the same terms: `2026-10`, `2026-W41`, `P1 2026-10-20`."""
    start: date
    whole_days: int
    """Of the calendar period that it is all or part of."""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.end - DAY


def calendar_period(period: str, day: date) -> Period:
    """Return the day, week (from Monday on) or month in which a day lies.

    >>> calendar_period("week", date(2026, 10, 7))
    2026-10-05..2026-10-12
    """
    if period == "day":
        return Period(day, day + DAY)
    if period == "week":
        monday = day - day.weekday() * DAY
        return Period(monday, monday + WEEK_DAYS * DAY)
    return Period.month_of(day)


def label_of(period: str, day: date) -> str:
    """Return what people call the calendar period in which a day lies.

    >>> label_of("week", date(2027, 1, 1)), label_of("month", date(2026, 10, 7))
    ('2026-W53', '2026-10')
    """
    if period == "day":
        return day.isoformat()
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    return f"{day:%Y-%m}"


def stretches(
    period: str, facts: Sequence[Fact], within: Period, *, every: bool
) -> list[tuple[Stretch, tuple[Fact, ...]]]:
    """Return the stretches of terms that hold within some days, each with its facts.

    Every fact lies in at most one. `every`: calendar periods without a fact are told as well.
    What is taken off belongs to no stretch.
    """
    own = [fact for fact in facts if fact.first in within and fact.kind not in TAKEN_OFF]
    found = (
        _by_calendar(period, own, within, every=every)
        if period in CALENDAR
        else _by_finish(period, own, within)
    )
    return sorted(found, key=lambda each: each[0])


def _by_calendar(
    period: str, facts: Sequence[Fact], within: Period, *, every: bool
) -> Iterator[tuple[Stretch, tuple[Fact, ...]]]:
    held: dict[Period, list[Fact]] = {}
    for fact in facts:
        held.setdefault(calendar_period(period, fact.first), []).append(fact)
    day = within.start
    while every and day < within.end:
        found = calendar_period(period, day)
        held.setdefault(found, [])
        day = found.end
    for whole, own in held.items():
        stretch = Stretch(
            start=max(whole.start, within.start),
            end=min(whole.end, within.end),
            subject="",
            label=label_of(period, whole.start),
            whole_days=(whole.end - whole.start).days,
        )
        yield stretch, tuple(own)


def _by_finish(
    kind: str, facts: Sequence[Fact], within: Period
) -> Iterator[tuple[Stretch, tuple[Fact, ...]]]:
    """Yield the stretches that end with a finish; what comes after the last one waits for more."""
    subjects: dict[str, list[Fact]] = {}
    for fact in facts:
        subjects.setdefault(fact.subject, []).append(fact)
    for subject, own in subjects.items():
        start = within.start
        for end in sorted({_end_of(kind, fact, within) for fact in own if fact.kind == kind}):
            label = f"{subject} {label_of('day' if kind == 'project' else 'month', end - DAY)}"
            stretch = Stretch(end, subject, label, start, (end - start).days)
            held = Period(start, end)
            yield stretch, tuple(fact for fact in own if fact.first in held)
            start = end


def _end_of(kind: str, fact: Fact, within: Period) -> date:
    end = fact.last + DAY if kind == "project" else Period.month_of(fact.first).end
    return min(end, within.end)
