"""Takes one timesheet in from a form: one order, one week or month, all of it or nothing."""

from typing import Annotated, Literal

from pydantic import Field

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.documents.forms import Form, Words, read_form
from vendorops.domain.refusal import Refused
from vendorops.stages.timesheets.entering import (
    Source,
    bounds,
    enter_sheet,
    grouped,
    refuse_stranger,
)
from vendorops.stages.timesheets.judging import Claim, Judged, Worked, judge
from vendorops.tables import Timesheet

SHOWN = 10
"""Lines whose mistakes are told at once."""


class BadTime(Refused):
    """Some of the time cannot be."""


class EntryForm(Form):
    """So much of one kind on one day."""

    day: Words
    kind: Words
    quantity: Words
    """Hours, or months of a headcount, such as `7.5`."""


class TimesheetForm(Form):
    """The time of one order in one week or month."""

    work_order: Words
    period: Literal["week", "month"] = "week"
    entries: Annotated[tuple[EntryForm, ...], Field(min_length=1, max_length=400)]


def submit(books: Books, data: bytes) -> Timesheet:
    """Enter a timesheet, all or nothing; the same time again is the same sheet.

    Raises BadForm, NotYours, and BadTime naming every line that cannot be: a day outside the
    order or to come, an unknown kind, more hours than a day has, another place on the same day, a
    rate above its cap, time that is there as another quantity.
    """
    said = read_form(data, TimesheetForm, "timesheet")
    log.lock(books.session)
    judged = judge(books, claims(said.work_order, said.entries))
    refuse(judged)
    if not judged.sound:
        return books.named(Timesheet, next(iter(judged.unchanged.values())))
    refuse_stranger(books, [judged.sound[0].order])
    _refuse_other_period(judged.sound, said.period)
    kept = keep(books, data, f"timesheet of {said.work_order}", ".yaml")
    return enter_sheet(books, judged.sound, Source(kept, said.period))


def claims(order: str, entries: tuple[EntryForm, ...]) -> list[Claim]:
    """Return the lines of a form as they are judged."""
    return [
        (number, order, entry.day, entry.kind, entry.quantity)
        for number, entry in enumerate(entries, start=1)
    ]


def refuse(judged: Judged) -> None:
    """Refuse time of which some line cannot be, telling all of them."""
    if not judged.refused:
        return
    told = [f"line {line}: {reason}" for line, reason in sorted(judged.refused.items())]
    more = f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    raise BadTime("; ".join(told[:SHOWN]) + more)


def _refuse_other_period(rows: list[Worked], period: str) -> None:
    if len(grouped(rows, period)) > 1:
        span = bounds(period, rows[0].day)
        other = next(row for row in rows if row.day not in span)
        raise BadTime(
            f"line {other.line}: {other.day} is not in the {period} {span} of the first line; put"
            f" it on a sheet of its own"
        )
