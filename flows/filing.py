"""Prepare the tax returns of a month, and keep what is due to tax offices with the run."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name
from flows.report import publish_table
from vendorops.books import Terms, open_books
from vendorops.domain.periods import DAY
from vendorops.gateways.clock import now, today
from vendorops.paying.filing_calendar import NOTHING, Due, due_between
from vendorops.settings import Settings

BEHIND, AHEAD = 30 * DAY, 90 * DAY
"""How far the calendar looks back, for what is late, and ahead."""
HEADS = ("due on", "company", "form", "period", "owner", "status", "return", "total", "findings")


@flow(name="filing", flow_run_name=start_name, persist_result=False)
def filing(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Prepare the tax returns of a month."""
    state = run("filing", as_of=as_of, month=month, monthly=True)
    settings = Settings.from_environment()
    day = as_of or today(settings.zone)
    with open_books(settings, Terms(day, "system:filing", now)) as books:
        due = due_between(books, day - BEHIND, day + AHEAD)
    rows = [_row(each) for each in due if each.status != NOTHING]
    publish_table("filing-calendar", f"Due to tax offices, as of {day}", HEADS, rows)
    return state


def _row(due: Due) -> tuple[object, ...]:
    total = "" if due.total is None else due.total
    told = (due.due_on, due.entity, due.form, due.period, due.owner, due.status)
    return (*told, due.filing, total, "; ".join(due.findings))
