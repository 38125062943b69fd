"""Turns the time of a month into a sheet for a buyer, and corrections into the difference."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, update
from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.stages.timesheets.batches import Batch, entries
from vendorops.stages.timesheets.pricing import Piece, pieces_of
from vendorops.stages.timesheets.taking_back import take_back
from vendorops.tables import Contract, ServiceSheet, TimeShare, Timesheet, WorkItem
from vendorops.working import Report, enter_sheet


@dataclass(frozen=True)
class Share:
    """How much of the n-th line of a sheet a timesheet stands for."""

    timesheet_id: int
    line: int
    quantity_e4: int


def gather(books: Books, contract: Contract, batch: Batch) -> None:
    """Report a batch: what is more goes on a service sheet, what is less is credited."""
    pieces = pieces_of(books, contract, entries(books, batch))
    more = [piece for piece in pieces if piece.quantity_e4 > 0]
    sheet = _report(books, contract, batch, more) if more else None
    if batch.reversal:
        take_back(books, contract, batch.reversal, [p for p in pieces if p.quantity_e4 < 0])
    idents = [one.id for one in batch.sheets]
    for start in range(0, len(idents), 10_000):
        books.session.execute(
            update(Timesheet)
            .where(col(Timesheet.id).in_(idents[start : start + 10_000]))
            .values(gathered_on=books.as_of, service_sheet_id=sheet.id if sheet else None)
        )


def _report(
    books: Books, contract: Contract, batch: Batch, pieces: Sequence[Piece]
) -> ServiceSheet:
    suffix = f" ({batch.reversal.reference})" if batch.reversal else ""
    lines = [piece.reported(suffix) for piece in pieces]
    told = {
        "contract": contract.reference,
        "month": batch.month,
        "timesheets": [[one.reference, one.entries_sha256] for one in batch.sheets],
        "lines": [
            [line.term, line.description, str(line.performed_on), str(line.quantity_e4)]
            for line in lines
        ],
    }
    report = Report(batch.month, batch.submitted_by, lines, canonical(told), ".json")
    sheet = enter_sheet(books, contract, report)
    _enter_shares(books, sheet, _shares(batch, pieces))
    return sheet


def _shares(batch: Batch, pieces: Sequence[Piece]) -> list[Share]:
    """Return the share of each first sheet of a line of corrections, or of a correction."""
    roots = {one.id: one.root_id or one.id for one in batch.sheets}
    found = []
    for line, piece in enumerate(pieces, start=1):
        theirs: dict[int, int] = {}
        for sheet_id, quantity in piece.sheets.items():
            whose = batch.reversal.id if batch.reversal else roots[sheet_id]
            theirs[whose] = theirs.get(whose, 0) + quantity
        found += [Share(whose, line, quantity) for whose, quantity in theirs.items() if quantity]
    return found


def _enter_shares(books: Books, sheet: ServiceSheet, shares: Sequence[Share]) -> None:
    query = select(WorkItem.line, WorkItem.id).where(col(WorkItem.service_sheet_id) == sheet.id)
    items = dict(books.session.exec(query).all())
    first = books.keys(len(shares))
    rows = [
        {
            "id": first + at,
            "timesheet_id": share.timesheet_id,
            "work_item_id": items[share.line],
            "quantity_e4": share.quantity_e4,
            "credit_memo_id": None,
        }
        for at, share in enumerate(shares)
    ]
    books.session.execute(insert(TimeShare), rows)
