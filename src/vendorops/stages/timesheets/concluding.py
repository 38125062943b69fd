"""Concludes time once a buyer decided: what was accepted or credited is approved."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import (
    CreditMemoStatus,
    ServiceSheetStatus,
    Status,
    TimesheetStatus,
)
from vendorops.tables import (
    Contract,
    CreditMemo,
    ServiceSheet,
    TimeShare,
    Timesheet,
    WorkOrder,
)

REVERSAL = "reversal"


def conclude(books: Books, contract: Contract) -> tuple[int, int]:
    """Move the time of a contract that was decided on; return how much of it did, and still waits.

    A sheet is counted with the version that stands in its place.
    """
    moved = waiting = 0
    for sheets in _together(undecided(books, contract)):
        after = _decided(books, sheets)
        if after is None:
            waiting += 1
            continue
        moved += 1
        because = _because(books, sheets[0], after)
        for sheet in sheets:
            books.move(sheet, after, because=because)
        if after == TimesheetStatus.REJECTED:
            _restore(books, sheets, because)
    return moved, waiting


def undecided(books: Books, contract: Contract) -> list[Timesheet]:
    """Return the time of a contract that was gathered and not concluded."""
    query = (
        select(Timesheet)
        .join(WorkOrder, col(WorkOrder.id) == col(Timesheet.work_order_id))
        .where(
            col(WorkOrder.contract_id) == contract.id,
            col(Timesheet.gathered_on).is_not(None),
            col(Timesheet.status) == TimesheetStatus.SUBMITTED.value,
        )
    )
    return list(books.session.exec(query.order_by(col(Timesheet.id))))


def _together(sheets: Sequence[Timesheet]) -> list[list[Timesheet]]:
    """Return a reversal and its version together, everything else by itself."""
    found: dict[int, list[Timesheet]] = defaultdict(list)
    for sheet in sheets:
        found[sheet.corrects_id or sheet.id].append(sheet)
    return [sorted(some, key=lambda one: one.kind != REVERSAL) for some in found.values()]


def _decided(books: Books, sheets: Sequence[Timesheet]) -> TimesheetStatus | None:
    """Return what became of time; None while a buyer has not decided on all of it."""
    outcomes: list[bool] = []
    first = sheets[0]
    if first.service_sheet_id:
        sheet = books.get(ServiceSheet, first.service_sheet_id)
        if sheet.status == ServiceSheetStatus.SUBMITTED:
            return None
        outcomes.append(sheet.status != ServiceSheetStatus.REJECTED)
    for memo in _memos(books, first):
        if memo.status == CreditMemoStatus.DRAFT:
            return None
        outcomes.append(memo.status != CreditMemoStatus.CANCELLED)
    refused = outcomes and not any(outcomes)
    return TimesheetStatus.REJECTED if refused else TimesheetStatus.APPROVED


def _memos(books: Books, sheet: Timesheet) -> list[CreditMemo]:
    query = select(TimeShare.credit_memo_id).where(
        col(TimeShare.timesheet_id) == sheet.id, col(TimeShare.credit_memo_id).is_not(None)
    )
    idents = sorted({ident for ident in books.session.exec(query) if ident})
    return [books.get(CreditMemo, ident) for ident in idents]


def _because(books: Books, sheet: Timesheet, after: Status) -> str:
    names = [memo.reference for memo in _memos(books, sheet)]
    if sheet.service_sheet_id:
        names.insert(0, books.get(ServiceSheet, sheet.service_sheet_id).reference)
    return f"{' and '.join(names) or 'nothing was left of it'}: {after}"


def _restore(books: Books, sheets: Sequence[Timesheet], because: str) -> None:
    """Let what a refused correction took back hold again; what fell with it is rejected too."""
    for ident in {sheet.corrects_id for sheet in sheets if sheet.corrects_id}:
        wrong = books.get(Timesheet, ident)
        if wrong.status != TimesheetStatus.CORRECTED:
            continue
        fell = wrong.service_sheet_id == sheets[0].service_sheet_id
        after = TimesheetStatus.REJECTED if fell else TimesheetStatus.APPROVED
        books.move(wrong, after, because=because)
