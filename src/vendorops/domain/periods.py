"""Stretches of whole days that include their start and not their end, and working days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from vendorops.domain.refusal import Refused

DAY = timedelta(days=1)
SATURDAY = 5
FIRST_MONTH, LAST_MONTH = "1900-01", "2199-12"
"""Months are given within these; days around them can always be calculated."""


class BadPeriod(Refused):
    """A text that is not a day or month."""


@dataclass(frozen=True, order=True)
class Period:
    """Half-open, so that adjoining periods share a boundary and never a day.

    >>> Period.month_before(date(2026, 3, 9))
    2026-02-01..2026-03-01
    >>> date(2026, 3, 1) in Period.month("2026-02")
    False
    """

    start: date
    end: date

    @classmethod
    def month_of(cls, day: date) -> Self:
        """Return the calendar month in which `day` lies."""
        start = day.replace(day=1)
        return cls(start, (start + 31 * DAY).replace(day=1))

    @classmethod
    def month_before(cls, day: date) -> Self:
        """Return the last calendar month that was over on `day`."""
        return cls.month_of(day.replace(day=1) - DAY)

    @classmethod
    def month(cls, text: str) -> Self:
        """Read a month written `2026-10`."""
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text, re.ASCII):
            raise BadPeriod(f"{text[:40]!r} is not a month; write it as 2026-10")
        if not FIRST_MONTH <= text <= LAST_MONTH:
            raise BadPeriod(f"{text!r} is not between the months {FIRST_MONTH} and {LAST_MONTH}")
        return cls.month_of(date.fromisoformat(f"{text}-01"))

    @property
    def label(self) -> str:
        """The month as people write it: `2026-10`."""
        return f"{self.start:%Y-%m}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __repr__(self) -> str:
        return f"{self.start}..{self.end}"


@dataclass(frozen=True)
class Calendar:
    """Which days are worked in one place: weekends and holidays are not, make-up days are."""

    name: str
    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    """Weekend days that are worked in exchange for a longer holiday, as in China."""

    def is_working(self, day: date) -> bool:
        """Tell whether business is done on a day."""
        if day in self.makeup_days:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def on_or_after(self, day: date) -> date:
        """Return the first working day not before `day`: how due dates move."""
        while not self.is_working(day):
            day += DAY
        return day

    def nth_working_day(self, month: Period, nth: int) -> date:
        """Return the nth working day of a month, counted from one.

        >>> Calendar("plain").nth_working_day(Period.month("2026-11"), 3)
        datetime.date(2026, 11, 4)
        """
        day = self.on_or_after(month.start)
        for _ in range(nth - 1):
            day = self.on_or_after(day + DAY)
        return day

    def on_or_before(self, day: date) -> date:
        """Return the last working day not after `day`: how deadlines are kept."""
        while not self.is_working(day):
            day -= DAY
        return day

    def working_days_after(self, day: date, count: int) -> date:
        """Return the working day that comes so many working days after another day.

        >>> Calendar("plain").working_days_after(date(2026, 11, 6), 2)
        datetime.date(2026, 11, 10)
        """
        for _ in range(count):
            day = self.on_or_after(day + DAY)
        return day


def iso_day(text: str) -> date:
    """Read a day written `2026-10-31`.

    >>> iso_day("2026-02-30")
    Traceback (most recent call last):
    vendorops.domain.periods.BadPeriod: '2026-02-30' is not a day; write it as 2026-10-31
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass  # There is no such day in the calendar.
    raise BadPeriod(f"{text[:40]!r} is not a day; write it as 2026-10-31")


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day of a month that has no such day.

    >>> months_after(date(2025, 1, 1), 36), months_after(date(2026, 1, 31), 1)
    (datetime.date(2028, 1, 1), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return min(first.replace(day=1) + (day.day - 1) * DAY, Period.month_of(first).end - DAY)
