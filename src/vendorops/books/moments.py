"""Instants that waiting periods start from: a clock that was set back never starts one early."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from vendorops.books.unit import Books
from vendorops.tables import Event


def latest(books: Books) -> datetime:
    """Return the moment, or the last instant of the history where the clock lies before it.

    Waiting periods start here and end by `books.moment`: a clock that was set back makes them
    longer. Where time is played, the history has the real instants and tells nothing about it.
    """
    moment = books.moment.astimezone(UTC)
    if books.settings.simulated:
        return moment
    query = select(Event.at).order_by(col(Event.seq).desc()).limit(1)
    last = books.session.exec(query).first()
    return max(moment, last) if last else moment


def day_of(books: Books, instant: datetime) -> date:
    """Return the business day in which an instant lies."""
    return instant.astimezone(ZoneInfo(books.settings.zone)).date()
