"""A month of time, from hand-in to a sealed settlement."""

from collections.abc import Callable
from datetime import date

from sqlmodel import col, select

from tests import make
from vendorops.books import Books, Opener
from vendorops.domain.measure import price_text, quantity_text
from vendorops.stages import Outcome, sweep
from vendorops.stages.timesheets import correct, submit
from vendorops.tables import Timesheet, WorkItem

OpenerMaker = Callable[..., Opener]
REGULAR, OVERTIME, DOUBLE = "regular_hours", "overtime_hours", "double_hours"


def run(stage: str, opener: OpenerMaker, as_of: date = make.AS_OF) -> Outcome:
    """Run a stage as its flow would."""
    return sweep(stage, opener(as_of=as_of, actor=f"system:{stage}"))


def handed_in(opener: OpenerMaker, data: bytes, who: str = "he.hengxin") -> str:
    """Hand a timesheet in and return its reference."""
    with opener(actor=who)() as books:
        return submit(books, data).reference


def corrected(opener: OpenerMaker, data: bytes, who: str = "he.hengxin") -> str:
    """Correct a timesheet and return what stands in its place."""
    with opener(actor=who)() as books:
        return correct(books, data).reference


def gathered(opener: OpenerMaker) -> list[tuple[str, str, str, str]]:
    """Gather all time of months that are over; return all reported work there is."""
    outcome = run("timesheets", opener)
    assert not outcome.refused, outcome.refused
    with opener()() as books:
        return reported(books)


def accepted(opener: OpenerMaker, says: str = "approve") -> None:
    """Have everything gathered and accepted by a buyer, and concluded."""
    run("timesheets", opener)
    run("acceptance", opener)
    make.reply(opener, "acceptance", "lin.buyer", says)
    run("acceptance", opener)
    run("timesheets", opener)


def credited(opener: OpenerMaker, says: str = "approve") -> None:
    """Have what was taken back decided by a buyer, and concluded."""
    run("timesheets", opener)
    run("crediting", opener)
    make.reply(opener, "credit_memo", "lin.buyer", says)
    run("crediting", opener)
    run("timesheets", opener)


def reported(books: Books) -> list[tuple[str, str, str, str]]:
    """Return all work as kind, last day, quantity and price."""
    query = select(WorkItem).order_by(col(WorkItem.id))
    return [
        (
            item.term,
            str(item.performed_on),
            quantity_text(item.quantity_e4),
            price_text(item.price_e6),
        )
        for item in books.session.exec(query)
    ]


def states(opener: OpenerMaker) -> dict[str, str]:
    """Return the status of every timesheet by its reference, without the year."""
    with opener()() as books:
        rows = books.session.exec(select(Timesheet).order_by(col(Timesheet.id)))
        return {row.reference.removeprefix("TS-2026-00000"): row.status for row in rows}
