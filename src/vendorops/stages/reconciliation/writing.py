"""Writes what a match made of its lines: rows that are entered by column, and what is claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sqlalchemy import Connection

from vendorops.books import Books
from vendorops.books.columns import Coded, enter_columns, execute_for_rows, fill_columns
from vendorops.domain.matching.columns import (
    CLEAR,
    REASONS,
    DifferenceColumns,
    Judged,
    Whole,
)
from vendorops.stages.reconciliation.covering import Taken
from vendorops.stages.reconciliation.facts import Facts
from vendorops.stages.reconciliation.temporary import TAKEN
from vendorops.tables import Allocation, Difference, SealedWork

TREATMENTS = ("disputed", "tolerated")
CLAIM_LITE = """
UPDATE workitem SET claimed_e4 = claimed_e4 + served.column1
FROM (VALUES {rows}) AS served WHERE workitem.id = served.column2
"""
CLAIM_POSTGRESQL = """
UPDATE workitem SET claimed_e4 = claimed_e4 + served.taken
FROM matchtaken AS served
WHERE workitem.id = served.work_item_id AND workitem.id BETWEEN %s AND %s
"""
"""Of a table it knows how many rows there are, and plans by that; it looks through no work but
what lies between the first piece and the last."""


@dataclass(frozen=True)
class Made:
    """What a match made of its lines."""

    facts: Facts
    judged: Judged
    differing: DifferenceColumns
    pieces: Sequence[Taken]

    @cached_property
    def allocated(self) -> list[Whole]:
        """Return position of the line, work, quantity and amount of every allocation.

        First of lines that name one piece of work, then of those that cover several; in the
        order of lines, each.
        """
        lines = self.facts.lines
        at = np.flatnonzero((self.judged.flaw == CLEAR) & (lines.work != 0))
        plain = (at, lines.work[at], self.judged.taken[at], self.judged.at_agreed[at])
        spread = [
            (each.line, each.work.id, each.part.quantity_e4, each.part.minor)
            for each in self.pieces
            if each.part.quantity_e4 > 0 and self.judged.flaw[each.line] == CLEAR
        ]
        covered = np.array(spread, np.int64).reshape(-1, 4).T
        return [np.concatenate(both) for both in zip(plain, covered, strict=True)]

    def reconciliation(self, line: Whole) -> Whole:
        """Return the reconciliation of lines."""
        return self.facts.reconciliation[self.facts.claim[line]]


def seal_work(books: Books, made: Made) -> None:
    """Keep work as it was found where its own row will not tell that later."""
    lines = made.facts.lines
    at = np.flatnonzero((lines.work != 0) & ((lines.claimed > 0) | (lines.accepted == 0)))
    columns = np.array(
        [made.reconciliation(at), lines.work[at], lines.accepted[at], lines.claimed[at]]
    )
    pieces = [
        (each.line, each.work.id, each.work.accepted, each.work.claimed)
        for each in made.pieces
        if each.work.claimed > 0 or each.work.accepted == 0
    ]
    covered = np.array(pieces, np.int64).reshape(-1, 4).T
    covered[0] = made.reconciliation(covered[0])
    rows = _once(np.concatenate([columns, covered], axis=1))
    names = ("reconciliation_id", "work_item_id", "accepted_e4", "claimed_e4")
    enter_columns(books, SealedWork, dict(zip(names, rows, strict=True)))


def _once(rows: Whole) -> Whole:
    """Return rows, given as columns, without those that repeat the first two columns of one."""
    order = np.lexsort((rows[1], rows[0]))
    keys = rows[:2, order]
    changes = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    return rows[:, order[np.r_[np.ones(min(len(order), 1), np.bool_), changes]]]


def allocate(books: Books, made: Made) -> None:
    """Enter the parts of lines that accepted work stands for, and raise what is claimed of it."""
    line, work, quantity, minor = made.allocated
    columns: dict[str, Whole | Coded] = {
        "reconciliation_id": made.reconciliation(line),
        "invoice_line_id": made.facts.read.line_id[line],
        "work_item_id": work,
        "quantity_e4": quantity,
        "amount_minor": minor,
    }
    enter_columns(books, Allocation, columns)
    if len(work):
        _raise(books.session.connection(), work, quantity)


def _raise(connection: Connection, work: Whole, quantity: Whole) -> None:
    """Raise what is claimed of work, each piece once."""
    order = np.argsort(work, kind="stable")
    work, quantity = work[order], quantity[order]
    starts = np.flatnonzero(np.r_[True, work[1:] != work[:-1]])
    served = {"taken": np.add.reduceat(quantity, starts), "work_item_id": work[starts]}
    if connection.dialect.name == "sqlite":
        execute_for_rows(connection, CLAIM_LITE, served)
        return
    TAKEN.create(connection)
    fill_columns(connection, TAKEN.name, served)
    connection.exec_driver_sql(CLAIM_POSTGRESQL, (int(work[0]), int(work[-1])))
    TAKEN.drop(connection)


def differ(books: Books, made: Made) -> None:
    """Enter the parts of lines that accepted work does not stand for."""
    parts = made.differing
    reasons = [reason.value for reason in REASONS]
    columns: dict[str, Whole | Coded] = {
        "reconciliation_id": made.reconciliation(parts.line),
        "invoice_line_id": made.facts.read.line_id[parts.line],
        "reason": Coded(parts.reason, reasons),
        "amount_minor": parts.minor,
        "treatment": Coded(parts.tolerated.astype(np.int64), TREATMENTS),
    }
    enter_columns(books, Difference, columns)
