"""Counts working days where our companies sit, as the calendars of these places have them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlmodel import col, select

from vendorops.books.unit import Books
from vendorops.domain.periods import DAY, Calendar
from vendorops.law import jurisdiction
from vendorops.tables import LegalEntity, Party

AHEAD = timedelta(days=370)
"""No one is given longer; the calendar is read this far."""


@dataclass(frozen=True)
class WorkingDays:
    """The working days of our places."""

    seats: tuple[str, ...]
    """Places in which a company of ours sits, the first by its code first."""

    def after(self, day: date, count: int, place: str = "") -> date:
        """Return the day that many working days later; zero is the day itself, worked or not.

        They are those of `place` where we sit there, else of our first company.
        """
        seat = place if place in self.seats else next(iter(self.seats), "")
        calendar = _calendar(seat, day.year, (day + AHEAD).year)
        for _ in range(count):
            day = calendar.on_or_after(day + DAY)
        return day


def working_days(books: Books) -> WorkingDays:
    """Return the working days of the places in which our companies sit."""
    seats = select(Party.place).join(LegalEntity, col(LegalEntity.party_id) == col(Party.id))
    return WorkingDays(tuple(books.session.exec(seats.order_by(col(LegalEntity.code)))))


@cache
def _calendar(seat: str, first: int, last: int) -> Calendar:
    """Return the working days of some years; without a company every weekday is one."""
    years = range(first, last + 1)
    return jurisdiction(seat).calendar(years) if seat else Calendar("weekdays")
