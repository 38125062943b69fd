"""Gathers the time of months that are over for buyers, and concludes what they accepted.

A buyer's acceptance of the gathered sheet is the approval of the time on it, so neither the worker
nor the supplier ever approves it.
"""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books
from vendorops.domain.importing import ALL, PARTIAL
from vendorops.domain.lifecycle import TimesheetStatus
from vendorops.stages import Step
from vendorops.stages.timesheets.batches import OPEN, next_batch
from vendorops.stages.timesheets.bulk import Import, Result, load
from vendorops.stages.timesheets.concluding import conclude
from vendorops.stages.timesheets.correcting import correct
from vendorops.stages.timesheets.gathering import gather
from vendorops.stages.timesheets.submitting import submit
from vendorops.tables import Contract, Timesheet, WorkOrder

__all__ = [
    "ALL",
    "PARTIAL",
    "SUBJECT",
    "Import",
    "Result",
    "advance",
    "correct",
    "load",
    "ready",
    "submit",
]

SUBJECT = Contract


def ready(books: Books) -> list[int]:
    """Return the contracts with time of a month that is over, or that waits to be concluded."""
    gathered = col(Timesheet.gathered_on)
    waits = and_(
        gathered.is_(None),
        col(Timesheet.status).in_(OPEN),
        col(Timesheet.month) < f"{books.as_of:%Y-%m}",
    )
    underway = and_(
        gathered.is_not(None), col(Timesheet.status) == TimesheetStatus.SUBMITTED.value
    )
    query = (
        select(WorkOrder.contract_id)
        .join(Timesheet, col(Timesheet.work_order_id) == col(WorkOrder.id))
        .where(or_(waits, underway))
        .distinct()
    )
    return sorted(books.session.exec(query))


def advance(books: Books, ident: int) -> Step:
    """Conclude what was decided, or gather one batch of time.

    Raises AboveCap, and what `enter_sheet` raises, about the first batch.
    """
    contract = books.get(Contract, ident)
    moved, waiting = conclude(books, contract)
    if moved:  # In a step of its own: what is gathered next may be refused.
        return Step.AGAIN
    batch = next_batch(books, contract)
    if batch:
        gather(books, contract, batch)
        return Step.AGAIN
    return Step.WAITING if waiting else Step.DONE
