"""Which time is to be gathered next: a month's first hand-ins together, each correction alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import TimesheetStatus
from vendorops.tables import Contract, Person, TimeEntry, Timesheet, WorkOrder

OPEN = (TimesheetStatus.SUBMITTED.value, TimesheetStatus.CORRECTED.value)
REVERSAL = "reversal"


@dataclass(frozen=True)
class Batch:
    """Sheets of one contract and month that one person answers for."""

    month: str
    submitted_by: str
    sheets: tuple[Timesheet, ...]
    reversal: Timesheet | None = None
    """What takes time back that was gathered before; a batch with one is one correction."""


def next_batch(books: Books, contract: Contract) -> Batch | None:
    """Return the next batch of months that are over; nothing where all is gathered."""
    query = (
        select(Timesheet)
        .join(WorkOrder, col(WorkOrder.id) == col(Timesheet.work_order_id))
        .where(
            col(WorkOrder.contract_id) == contract.id,
            col(Timesheet.gathered_on).is_(None),
            col(Timesheet.status).in_(OPEN),
            col(Timesheet.month) < f"{books.as_of:%Y-%m}",
        )
        .order_by(col(Timesheet.month), col(Timesheet.id))
    )
    sheets = list(books.session.exec(query))
    if not sheets:
        return None
    known = {sheet.id for sheet in sheets}
    first = [sheet for sheet in sheets if (sheet.root_id or sheet.id) in known]
    if first:
        return _together(books, first)
    reversal = next(sheet for sheet in sheets if sheet.kind == REVERSAL)
    both = tuple(sheet for sheet in sheets if sheet.corrects_id == reversal.corrects_id)
    return Batch(reversal.month, reversal.submitted_by, both, reversal)


def _together(books: Books, sheets: Sequence[Timesheet]) -> Batch:
    """Return the sheets of the first month of those that one person answers for.

    Where several had a hand in a sheet and its corrections, one of ours answers before the
    supplier's: those may not accept it anyhow.
    """
    theirs = set(
        books.session.exec(select(Person.handle).where(col(Person.party_id).is_not(None)))
    )
    answers: dict[int, str] = {}
    for sheet in sheets:
        root = sheet.root_id or sheet.id
        if root not in answers or sheet.submitted_by not in theirs:
            answers[root] = sheet.submitted_by
    month, who = sheets[0].month, answers[sheets[0].root_id or sheets[0].id]
    chosen = [
        sheet
        for sheet in sheets
        if sheet.month == month and answers[sheet.root_id or sheet.id] == who
    ]
    return Batch(month, who, tuple(chosen))


def entries(books: Books, batch: Batch) -> list[TimeEntry]:
    """Return the time of a batch, in the order of orders, days and kinds."""
    found: list[TimeEntry] = []
    idents = [sheet.id for sheet in batch.sheets]
    for start in range(0, len(idents), 10_000):
        some = idents[start : start + 10_000]
        query = select(TimeEntry).where(col(TimeEntry.timesheet_id).in_(some))
        found += books.session.exec(query)
    return sorted(found, key=lambda row: (row.work_order_id, row.on_day, row.kind, row.id))
