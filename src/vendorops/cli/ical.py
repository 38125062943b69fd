"""Writes what is due as a calendar that other programs subscribe to (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from vendorops.domain.periods import DAY
from vendorops.paying.filing_calendar import Due

PRODUCT = "-//vendorops//filing calendar//EN"
AHEAD = timedelta(days=5)
"""How long before a last day a reader is reminded."""


def calendar_file(due: Iterable[Due], today: date) -> bytes:
    """Return a calendar of whole days; the same entry keeps its identity from file to file.

    Programs that read a newer file so move or mark what they know, and enter nothing twice.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for each in due:
        calendar.add_component(_event(each, today))
    return bytes(calendar.to_ical())


def _event(due: Due, today: date) -> Event:
    event = Event()
    event.add("uid", f"{due.entity}-{due.form}-{due.period.replace('/', '-')}@vendorops".lower())
    event.add("dtstamp", datetime.combine(today, time(tzinfo=UTC)))
    event.add("dtstart", due.due_on)
    event.add("dtend", due.due_on + DAY)
    event.add("summary", f"{due.entity}: {due.title}, {due.period}")
    told = [f"form {due.form}", f"status {due.status}", f"owner {due.owner or 'nobody'}"]
    told += [due.filing] if due.filing else []
    told += [f"total {due.total}"] if due.total is not None else []
    event.add("description", "\n".join([*told, *due.findings]))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if not due.findings else "TENTATIVE")
    if due.is_open:
        event.add_component(_alarm(due))
    return event


def _alarm(due: Due) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{due.form} of {due.entity} is due on {due.due_on}")
    alarm.add("trigger", -AHEAD)
    return alarm
