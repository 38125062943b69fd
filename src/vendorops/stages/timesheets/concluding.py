"""Concludes time once a buyer decided: what was accepted or credited is approved."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.many import move_many
from vendorops.domain.lifecycle import (
    CreditMemoStatus,
    ServiceSheetStatus,
    Status,
    TimesheetStatus,
)
from vendorops.stages.timesheets.orders import pieces
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
    found = undecided(books, contract)
    known = _decisions(books, found)
    moved = waiting = 0
    moves: dict[TimesheetStatus, list[tuple[Timesheet, str]]] = defaultdict(list)
    rejected: list[tuple[list[Timesheet], str]] = []
    for sheets in _together(found):
        after = known.outcome(sheets[0])
        if after is None:
            waiting += 1
            continue
        moved += 1
        because = known.because(sheets[0], after)
        moves[after] += [(sheet, because) for sheet in sheets]
        if after == TimesheetStatus.REJECTED:
            rejected.append((sheets, because))
    for after, those in moves.items():
        move_many(books, [sheet for sheet, _ in those], after, [because for _, because in those])
    for sheets, because in rejected:
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


@dataclass(frozen=True)
class _Decisions:
    """What buyers decide on some time by: the sheets it stands on, and what is credited for it."""

    sheets: Mapping[int, ServiceSheet]
    memos: Mapping[int, Sequence[CreditMemo]]
    """Of a timesheet, in the order of their keys."""

    def outcome(self, one: Timesheet) -> TimesheetStatus | None:
        """Return what became of time; None while a buyer has not decided on all of it."""
        outcomes: list[bool] = []
        if one.service_sheet_id:
            sheet = self.sheets[one.service_sheet_id]
            if sheet.status == ServiceSheetStatus.SUBMITTED:
                return None
            outcomes.append(sheet.status != ServiceSheetStatus.REJECTED)
        for memo in self.memos.get(one.id, ()):
            if memo.status == CreditMemoStatus.DRAFT:
                return None
            outcomes.append(memo.status != CreditMemoStatus.CANCELLED)
        refused = outcomes and not any(outcomes)
        return TimesheetStatus.REJECTED if refused else TimesheetStatus.APPROVED

    def because(self, one: Timesheet, after: Status) -> str:
        """Return by what it was decided."""
        names = [memo.reference for memo in self.memos.get(one.id, ())]
        if one.service_sheet_id:
            names.insert(0, self.sheets[one.service_sheet_id].reference)
        return f"{' and '.join(names) or 'nothing was left of it'}: {after}"


def _decisions(books: Books, sheets: Sequence[Timesheet]) -> _Decisions:
    gathered = {sheet.service_sheet_id for sheet in sheets if sheet.service_sheet_id}
    memos: dict[int, list[CreditMemo]] = defaultdict(list)
    for some in pieces([sheet.id for sheet in sheets]):
        query = (
            select(TimeShare.timesheet_id, CreditMemo)
            .join(CreditMemo, col(CreditMemo.id) == col(TimeShare.credit_memo_id))
            .where(col(TimeShare.timesheet_id).in_(some))
            .distinct()
            .order_by(col(CreditMemo.id))
        )
        for ident, memo in books.session.exec(query):
            memos[ident].append(memo)
    return _Decisions({ident: books.get(ServiceSheet, ident) for ident in gathered}, memos)


def _restore(books: Books, sheets: Sequence[Timesheet], because: str) -> None:
    """Let what a refused correction took back hold again; what fell with it is rejected too."""
    for ident in {sheet.corrects_id for sheet in sheets if sheet.corrects_id}:
        wrong = books.get(Timesheet, ident)
        if wrong.status != TimesheetStatus.CORRECTED:
            continue
        fell = wrong.service_sheet_id == sheets[0].service_sheet_id
        after = TimesheetStatus.REJECTED if fell else TimesheetStatus.APPROVED
        books.move(wrong, after, because=because)
