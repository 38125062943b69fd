"""What was entered of earnings so far, and how much of it still stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import CreditMemoStatus, ServiceSheetStatus
from vendorops.domain.measure import extended
from vendorops.tables import (
    AgreedTerm,
    Contract,
    CreditMemo,
    EarnedLine,
    ServiceSheet,
    WorkItem,
)

Of = tuple[int, int, str, str]
"""Agreed term, contract, stretch, and kind of line."""


@dataclass(frozen=True)
class Standing:
    """What stands of lines that were entered."""

    standing_minor: int
    """What they come to without work that was rejected and memos that were cancelled."""
    undecided: bool
    """Whether somebody has still to decide about the work or memo of one."""


def entered_lines(books: Books, contract: Contract) -> dict[Of, list[EarnedLine]]:
    """Return what was entered under the pay plans of a contract, in the order of the numbers."""
    query = (
        select(EarnedLine)
        .join(AgreedTerm, col(AgreedTerm.id) == col(EarnedLine.agreed_term_id))
        .where(col(AgreedTerm.contract_id) == contract.id)
        .order_by(col(EarnedLine.number))
    )
    found: dict[Of, list[EarnedLine]] = {}
    for line in books.session.exec(query):
        of = (line.agreed_term_id, line.contract_id, line.stretch, line.kind)
        found.setdefault(of, []).append(line)
    return found


def standing(books: Books, lines: Sequence[EarnedLine]) -> Standing:
    """Return what stands of the lines of one kind of one stretch for one contract."""
    stands = [_standing(books, line) for line in lines]
    return Standing(sum(minor for minor, _ in stands), any(waits for _, waits in stands))


def _standing(books: Books, line: EarnedLine) -> tuple[int, bool]:
    """Return what stands of a line, and whether somebody has still to decide about it."""
    if line.work_item_id is None:
        memo = memo_of(books, line)
        gone = memo is None or memo.status == CreditMemoStatus.CANCELLED
        waits = memo is not None and memo.status == CreditMemoStatus.DRAFT
        return (0 if gone else line.net_minor), waits
    item = books.get(WorkItem, line.work_item_id)
    sheet = books.get(ServiceSheet, item.service_sheet_id)
    if sheet.status == ServiceSheetStatus.SUBMITTED:
        return line.net_minor, True
    accepted = extended(item.accepted_e4, item.price_e6, item.currency).minor
    return accepted, False


def memo_of(books: Books, line: EarnedLine) -> CreditMemo | None:
    """Return the credit memo that takes back what a line says, if one does."""
    query = select(CreditMemo).where(
        col(CreditMemo.source_table) == EarnedLine.__name__.lower(),
        col(CreditMemo.source_id) == line.id,
    )
    return books.session.exec(query).one_or_none()
