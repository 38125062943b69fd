"""List the time of a month, or of one order."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import click
from sqlmodel import col, func, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, Month, day_option, json_option, opener
from vendorops.domain.measure import quantity_text
from vendorops.domain.periods import Period
from vendorops.tables import ServiceSheet, TimeEntry, Timesheet, WorkOrder


@click.command("list")
@click.option("--month", type=Month(), help="Such as 2026-10; every month unless given.")
@click.option("--order", help="Such as WO-2026-000001.")
@day_option
@json_option
def listed(
    month: Period | None, order: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """List timesheets with their time by kind, corrections among them."""
    query = select(Timesheet).order_by(col(Timesheet.reference))
    if month:
        query = query.where(col(Timesheet.month) == month.label)
    with opener(READER, as_of)() as books:
        if order:
            of = books.named(WorkOrder, order)
            query = query.where(col(Timesheet.work_order_id) == of.id)
        rows = [told(books, sheet) for sheet in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Timesheets")


def told(books: Books, sheet: Timesheet) -> dict[str, Any]:
    """Return a timesheet as people and scripts read it."""
    on = sheet.service_sheet_id
    return {
        "timesheet": sheet.reference,
        "order": books.get(WorkOrder, sheet.work_order_id).reference,
        "from": sheet.starts_on,
        "until_before": sheet.ends_on,
        "time": [f"{kind} {much}" for kind, much in _time(books, sheet).items()],
        "submitted_by": sheet.submitted_by,
        "status": sheet.status,
        "sheet": books.get(ServiceSheet, on).reference if on else None,
        "reason": sheet.reason or None,
    }


def _time(books: Books, sheet: Timesheet) -> dict[str, str]:
    query = (
        select(TimeEntry.kind, func.sum(TimeEntry.quantity_e4))
        .where(col(TimeEntry.timesheet_id) == sheet.id)
        .group_by(TimeEntry.kind)
        .order_by(TimeEntry.kind)
    )
    found: dict[str, str] = defaultdict(str)
    for kind, quantity in books.session.exec(query):
        found[kind] = quantity_text(int(quantity))
    return found
