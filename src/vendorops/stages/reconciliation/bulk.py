"""Matches all lines of many suppliers' months by column, in the books' transaction."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter

import numpy as np
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books, canonical
from vendorops.domain.matching.columns import CLEAR, UNLIMITED, DifferenceColumns, Judged
from vendorops.domain.matching.judging_columns import (
    differences,
    dispute_beyond_totals,
    disputed,
    judge_columns,
    refuse_beyond_caps,
)
from vendorops.stages.reconciliation import sealing, writing
from vendorops.stages.reconciliation.covering import Taken, cover
from vendorops.stages.reconciliation.facts import Facts, gathered
from vendorops.stages.reconciliation.temporary import CLAIM
from vendorops.tables import Reconciliation, Supplier

PLANNED = ("jit = off", "work_mem = '64MB'")
"""What PostgreSQL is told of the few long statements: to compile them takes longer than to run
them for most months, and a partition is sorted and joined in memory."""


@dataclass(frozen=True)
class Matched:
    """The verdicts of some reconciliations."""

    books: Books
    facts: Facts
    judged: Judged
    differing: DifferenceColumns
    pieces: Sequence[Taken]
    """What lines take that cover several pieces of work."""
    spans: Mapping[int, slice]
    """Where the claims of each reconciliation lie."""

    def write(self) -> None:
        """Seal work as it was found, and enter what was made of each line."""
        made = writing.Made(self.facts, self.judged, self.differing, self.pieces)
        writing.seal_work(self.books, made)
        writing.allocate(self.books, made)
        writing.differ(self.books, made)

    def unclear(self) -> set[int]:
        """Return the invoices of which something is disputed."""
        lines = disputed(self.facts.lines, self.judged)
        flawed = np.flatnonzero(self.facts.flaws != CLEAR).tolist()
        return {
            *np.unique(self.facts.read.invoice_id[lines]).tolist(),
            *(self.facts.claims[at].id for at in flawed),
        }

    def sealed(self, of: Reconciliation) -> Iterator[tuple[bytes, bytes]]:
        """Yield what went in and what comes out, in order, piece after piece."""
        yield heads(self.books, of)
        told = self._told(of)
        for piece in told.inputs():
            yield piece, b""
        for piece in told.result():
            yield b"", piece

    def hashes(self, of: Reconciliation) -> tuple[str, str]:
        """Return SHA-256 of what went in and of what comes out."""
        inputs, result = sha256(), sha256()
        for given, came in self.sealed(of):
            inputs.update(given)
            result.update(came)
        return inputs.hexdigest(), result.hexdigest()

    def seal(self, of: Reconciliation) -> None:
        """Set the hashes of what went in and of what was written, which is what comes out."""
        of.inputs_sha256, of.result_sha256 = self.hashes(of)

    def _told(self, of: Reconciliation) -> sealing.Told:
        claims = self.spans[of.id]
        lines = slice(*np.searchsorted(self.facts.claim, [claims.start, claims.stop]).tolist())
        parts = slice(*np.searchsorted(self.differing.line, [lines.start, lines.stop]).tolist())
        first, end = (
            bisect_left(self.pieces, at, key=attrgetter("line"))
            for at in (lines.start, lines.stop)
        )
        span = sealing.Span(claims, lines, parts)
        return sealing.Told(self.facts, self.judged, self.differing, span, self.pieces[first:end])


def heads(books: Books, of: Reconciliation) -> tuple[bytes, bytes]:
    """Return what the hashes of inputs and of the result begin with."""
    supplier = books.get(Supplier, of.supplier_id).reference
    head: dict[str, object] = {
        "format": sealing.FORMAT,
        "supplier": supplier,
        "month": of.month,
        "version": of.version,
    }
    return canonical({**head, "rules": of.rules}) + b"\n", canonical(head) + b"\n"


def plan(books: Books) -> None:
    """Tell PostgreSQL how to plan what follows in this transaction."""
    connection = books.session.connection()
    if connection.dialect.name == "postgresql":
        for setting in PLANNED:
            connection.exec_driver_sql(f"SET LOCAL {setting}")


def matched(
    books: Books,
    of: Sequence[Reconciliation],
    invoices: SelectOfScalar[int],
    *,
    live: bool = True,
) -> Matched:
    """Judge every line of some invoices, of one month and of a supplier each.

    Those that are not `live` are past reconciliations: they are judged by what they sealed of
    the work, not by what is accepted and claimed now.
    """
    books.session.flush()
    plan(books)
    connection = books.session.connection()
    CLAIM.create(connection)
    facts = gathered(books, of, invoices, live=live)
    CLAIM.drop(connection)
    judged = judge_columns(facts.lines)
    pieces = cover(connection, facts, judged)
    if (facts.totals != UNLIMITED).any():
        dispute_beyond_totals(facts.lines, judged, facts.claim, facts.totals)
    if facts.rooms:
        contract = facts.of_claims([row.contract_id for row in facts.claims])
        refuse_beyond_caps(facts.lines, judged, contract, facts.rooms)
    spans = {each.id: _span(facts, each.id) for each in of}
    return Matched(books, facts, judged, differences(facts.lines, judged), pieces, spans)


def _span(facts: Facts, of: int) -> slice:
    """Return where the claims of a reconciliation lie; they come in the order of those."""
    first, end = np.searchsorted(facts.reconciliation, [of, of + 1]).tolist()
    return slice(first, end)
