"""What is due to tax offices: as a table, as data, and as a calendar for other programs."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from vendorops.cli.ical import calendar_file
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE_TO_WRITE, READER, Month, day_option, json_option, opener
from vendorops.cli.waiting import days_late
from vendorops.domain.periods import Period
from vendorops.paying.filing_calendar import NOTHING, Due, due_between


@click.command(
    "calendar",
    help="What is due to tax offices in some months, by company of ours, with who owns it. Last"
    " days are the law's, moved by its working days; a year whose holidays are not published is"
    " told as a finding.",
)
@click.option("--from", "first", type=Month(), required=True, help="First month, such as 2026-01.")
@click.option("--to", "last", type=Month(), required=True, help="Last month, such as 2026-12.")
@click.option("--all", "every", is_flag=True, help="Also where nothing was kept back.")
@click.option("--ical", "file", type=FILE_TO_WRITE, help="Write it as iCalendar (.ics), too.")
@day_option
@json_option
def calendar(  # noqa: PLR0913 - one parameter an option.
    *,
    first: Period,
    last: Period,
    every: bool,
    file: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Print what is due, and write it for calendars."""
    with opener(READER, as_of)() as books:
        due = due_between(books, first.start, last.end)
        wanted = [each for each in due if every or each.status != NOTHING]
        rows = [_row(each, books.as_of) for each in wanted]
        if file:
            file.write_bytes(calendar_file(wanted, books.as_of))
    emit(rows, as_json=as_json, title="Due to tax offices")


def _row(due: Due, today: date) -> dict[str, Any]:
    return {
        "due_on": due.due_on,
        "days_late": days_late(due.due_on, today) if due.is_open else None,
        "legal_entity": due.entity,
        "place": due.place,
        "form": due.form,
        "period": due.period,
        "owner": due.owner or None,
        "status": due.status,
        "return": due.filing or None,
        "total": due.total,
        "findings": list(due.findings) or None,
    }
