"""What a month is sealed by: every fact that was judged, and every row that was made of it.

Both are written as JSON by column, in pieces of so many rows: whole numbers, references, codes
and days, and what a supplier wrote where a line names no work. Keys are left out, because the
same month entered anew has others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import orjson
from sqlalchemy import Connection, text

from vendorops.domain.matching.columns import CLEAR, REASONS, DifferenceColumns, Judged, Whole
from vendorops.stages.reconciliation.covering import Taken
from vendorops.stages.reconciliation.facts import Facts
from vendorops.stages.reconciliation.taking import Coded

FORMAT = 4
"""Of what is hashed; raised when inputs or the result are written otherwise."""
PIECE = 20_000
"""Rows of one piece, which is a line of the text."""
ALLOCATIONS = ("invoice", "line", "work", "quantity_e4", "amount_minor")
DIFFERENCES = ("invoice", "line", "reason", "amount_minor", "treatment")
ALLOCATED = """
SELECT i.reference, l.line, w.reference, a.quantity_e4, a.amount_minor
FROM allocation AS a
JOIN invoiceline AS l ON l.id = a.invoice_line_id
JOIN invoice AS i ON i.id = l.invoice_id
JOIN workitem AS w ON w.id = a.work_item_id
WHERE a.reconciliation_id = :of ORDER BY a.id
"""
DIFFERING = """
SELECT i.reference, l.line, d.reason, d.amount_minor, d.treatment
FROM difference AS d
JOIN invoiceline AS l ON l.id = d.invoice_line_id
JOIN invoice AS i ON i.id = l.invoice_id
WHERE d.reconciliation_id = :of ORDER BY d.id
"""
NOTHING = np.array([None], np.object_)
WRITTEN = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE


class Span(NamedTuple):
    """Where the rows of one reconciliation lie in those that were judged together."""

    claims: slice
    lines: slice
    differences: slice


@dataclass(frozen=True)
class Told:
    """What one reconciliation is sealed by."""

    facts: Facts
    judged: Judged
    differing: DifferenceColumns
    span: Span
    pieces: Sequence[Taken]
    """What its lines take that cover several pieces of work, in the order of lines."""

    def inputs(self) -> Iterator[bytes]:
        """Yield the claims, the facts of their lines, and of the pieces that some cover."""
        claims = self.facts.claims[self.span.claims]
        named = ("reference", "kind", "currency", "net_minor", "tax_minor")
        yield from _written(
            "claims", {name: [getattr(row, name) for row in claims] for name in named}
        )
        for rows in _pieces(self.span.lines):
            yield _line("lines", {**self._place(rows), **self._facts(rows)})
        covered = [self._piece(each) for each in self.pieces]
        yield from _written("covered", _by_name(covered))

    def result(self) -> Iterator[bytes]:
        """Yield what the lines come to: all allocations first."""
        yield from _written("allocations", self._allocations())
        at = self.differing.line[self.span.differences]
        reason = self.differing.reason[self.span.differences].tolist()
        tolerated = self.differing.tolerated[self.span.differences].tolist()
        columns = {
            "invoice": self._invoice(at),
            "line": self.facts.read.line[at],
            "reason": [REASONS[code].value for code in reason],
            "amount_minor": self.differing.minor[self.span.differences],
            "treatment": ["tolerated" if held else "disputed" for held in tolerated],
        }
        yield from _written("differences", columns)

    def _allocations(self) -> Mapping[str, Any]:
        lines, judged, read = self.span.lines, self.judged, self.facts.read
        clear = (judged.flaw[lines] == CLEAR) & (self.facts.lines.work[lines] != 0)
        at = np.flatnonzero(clear) + lines.start
        spread = [
            each
            for each in self.pieces
            if each.part.quantity_e4 > 0 and judged.flaw[each.line] == CLEAR
        ]
        every = np.r_[at, np.array([each.line for each in spread], np.int64)]
        parts = np.array([each.part for each in spread], np.int64).reshape(-1, 2)
        return {
            "invoice": self._invoice(every),
            "line": read.line[every],
            "work": read.reference[at].tolist() + [each.work.reference for each in spread],
            "quantity_e4": np.r_[judged.taken[at], parts[:, 0]],
            "amount_minor": np.r_[judged.at_agreed[at], parts[:, 1]],
        }

    def _place(self, rows: slice) -> dict[str, Any]:
        return {
            "invoice": self._invoice(np.arange(rows.start, rows.stop)),
            "line": self.facts.read.line[rows],
        }

    def _facts(self, rows: slice) -> dict[str, Any]:
        read = self.facts.read
        return {
            "quantity_e4": read.quantity[rows],
            "price_e6": read.price[rows],
            "net_minor": read.net[rows],
            "tax_category": read.tax_category.texts(rows),
            "tax_rate_e4": read.tax_rate[rows],
            "tax_minor": self._own_tax(rows),
            "work": read.reference[rows].tolist(),
            "named": read.said[rows].tolist(),
            "term": read.term.texts(rows),
            "performed_on": read.performed_on.texts(rows),
            "accepted_on": self._accepted(read.accepted_on, rows),
            "accepted_e4": read.accepted[rows],
            "claimed_e4": read.claimed[rows],
            "agreed_e6": read.agreed[rows],
            "agreed_in": read.currency.texts(rows),
            "grade": self._accepted(read.grade, rows),
        }

    def _accepted(self, column: Coded, rows: slice) -> list[str | None]:
        """Return what is told of accepted work; of other work it may still change."""
        at = np.where(self.facts.read.accepted[rows] > 0, column.at[rows], -1)
        texts: list[str | None] = np.r_[column.values, NOTHING][at].tolist()
        return texts

    def _own_tax(self, rows: slice) -> list[int | None] | None:
        """Return what lines state of their own tax, or nothing where none does, as is common."""
        tax: list[int | None] = self.facts.read.own_tax[rows].tolist()
        return None if tax.count(None) == len(tax) else tax

    def _piece(self, each: Taken) -> dict[str, Any]:
        work = each.work
        return {
            "invoice": self.facts.claims[self.facts.claim[each.line]].reference,
            "line": int(self.facts.read.line[each.line]),
            "work": work.reference,
            "term": work.term,
            "performed_on": work.performed_on.isoformat(),
            "accepted_on": work.accepted_on.isoformat() if work.accepted else None,
            "accepted_e4": work.accepted,
            "claimed_e4": work.claimed,
            "agreed_e6": work.agreed,
            "agreed_in": work.currency,
            "grade": work.grade if work.accepted else None,
        }

    def _invoice(self, lines: Whole) -> list[str]:
        """Return the references of the claims of lines."""
        claims = self.facts.claim[lines] - self.span.claims.start
        references = [row.reference for row in self.facts.claims[self.span.claims]]
        named: list[str] = np.array(references, np.object_)[claims].tolist()
        return named


def stored(connection: Connection, reconciliation_id: int) -> Iterator[bytes]:
    """Yield the result of a reconciliation as its rows say it now."""
    for kind, query, names in (
        ("allocations", ALLOCATED, ALLOCATIONS),
        ("differences", DIFFERING, DIFFERENCES),
    ):
        rows = connection.execute(text(query), {"of": reconciliation_id})
        for piece in rows.partitions(PIECE):
            yield _line(kind, dict(zip(names, map(list, zip(*piece, strict=True)), strict=True)))


def _written(kind: str, columns: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield columns as lines of JSON; nothing of none."""
    count = len(next(iter(columns.values()), ()))
    for rows in _pieces(slice(0, count)):
        yield _line(kind, {name: column[rows] for name, column in columns.items()})


def _line(kind: str, columns: Mapping[str, Any]) -> bytes:
    return orjson.dumps({kind: columns}, option=WRITTEN)


def _pieces(rows: slice) -> Iterator[slice]:
    for first in range(rows.start, rows.stop, PIECE):
        yield slice(first, min(first + PIECE, rows.stop))


def _by_name(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
