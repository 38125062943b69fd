"""Says on which day money goes when nothing holds it up; settlement and payment both ask here."""

from datetime import date, timedelta
from functools import cache

from vendorops.books import Books
from vendorops.domain.periods import Calendar
from vendorops.law import jurisdiction
from vendorops.tables import LegalEntity, Party

TOMORROW = timedelta(days=1)


def payment_day(books: Books, entity: LegalEntity) -> date:
    """Return the first day after today on which banks work where the entity sits."""
    tomorrow = books.as_of + TOMORROW
    place = books.get(Party, entity.party_id).place
    return _calendar(place, tomorrow.year).on_or_after(tomorrow)


def working_days_after(place: str, day: date, count: int) -> date:
    """Return the day that comes so many working days after another, where a contract is done."""
    return _calendar(place, day.year).working_days_after(day, count)


@cache
def _calendar(place: str, year: int) -> Calendar:
    return jurisdiction(place).calendar(range(year, year + 2))
