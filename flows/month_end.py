"""From the third working day on: match the month before, and work out what is owed for it."""

from datetime import date
from functools import partial

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed
from sqlmodel import col, select

from flows.driver import run, start_name
from flows.task_runner import task_runner
from vendorops.books import Books, Terms, open_books
from vendorops.domain.periods import Period
from vendorops.gateways.clock import now, today
from vendorops.law import jurisdiction
from vendorops.settings import Settings
from vendorops.tables import LegalEntity, Party

STAGES = (
    *("intake", "duplicates", "claim_findings", "reconciliation", "exceptions"),
    *("disputes", "settlement_runs", "settlement", "confirmations"),
)
WORKING_DAY = 3


@flow(name="month_end", flow_run_name=start_name, persist_result=False, task_runner=task_runner())
def month_end(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Run once the third working day has come where a company of ours sits; a month given, always.

    A day that was missed is made up on the next: what was done is no longer ready.
    """
    settings = Settings.from_environment()
    day = as_of or today(settings.zone)
    opener = partial(open_books, settings, Terms(day, "system:month_end", now))
    with opener() as books:
        due = month is not None or _has_come(books)
    if not due:
        return Completed(name="Before the third working day", message=f"{day} is too early")
    return run(*STAGES, as_of=day, month=month, monthly=True)


def _has_come(books: Books) -> bool:
    places = select(Party.place).join(LegalEntity, col(LegalEntity.party_id) == col(Party.id))
    this_month = Period.month_of(books.as_of)
    return any(
        jurisdiction(place)
        .calendar(range(books.as_of.year, books.as_of.year + 1))
        .nth_working_day(this_month, WORKING_DAY)
        <= books.as_of
        for place in set(books.session.exec(places))
    )
