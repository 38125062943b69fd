"""Matches all lines of many suppliers' months in a few statements, in the books' transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, func, insert
from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books, canonical
from vendorops.domain.periods import Period
from vendorops.stages.reconciliation import judging, sealing, writing
from vendorops.stages.reconciliation.claims import claims, heads_of, tight_rooms
from vendorops.stages.reconciliation.covering import cover
from vendorops.stages.reconciliation.temporary import CLAIM, LINE, ROOM, TABLES, TERM
from vendorops.stages.reconciliation.terms import of_claims, read, term_rows
from vendorops.tables import Reconciliation, Supplier

DIFFERENCES_A_LINE = 3
"""A line has one flaw, or up to three: price, quantity and rounding."""


@dataclass(frozen=True)
class Matched:
    """The verdicts of some reconciliations, while their temporary tables live."""

    connection: Connection
    books: Books
    spans: Mapping[int, tuple[int, int]]
    """After which position the lines of each reconciliation begin, and with which they end."""
    pieces: int
    """How many pieces of work lines cover that name no single one."""

    def write(self) -> None:
        """Seal work as it was found, enter what was made of each line, raise what is claimed."""
        last = self.connection.scalar(select(func.max(LINE.c.position))) or 0
        for statement, each in (
            (writing.SEAL_WORK, 1),
            (writing.ALLOCATE, 1),
            (writing.DIFFER, DIFFERENCES_A_LINE),
        ):
            key = self.books.keys((last + 1) * each)
            self.connection.execute(statement, {"key": key})
        self.connection.execute(writing.CLAIM_WORK)
        self.connection.execute(writing.CLAIM_SHARED_WORK)
        if self.pieces:
            for statement in (writing.SEAL_PIECES, writing.ALLOCATE_PIECES):
                key = self.books.keys(self.pieces + 1)
                self.connection.execute(statement, {"key": key})
            self.connection.execute(writing.CLAIM_PIECES)

    def unclear(self) -> set[int]:
        """Return the invoices of which something is disputed."""
        flawed = select(CLAIM.c.invoice_id).where(CLAIM.c.flaw != "")
        found = self.connection.execute(writing.UNCLEAR).scalars()
        return {*found, *self.connection.execute(flawed).scalars()}

    def sealed(self, of: Reconciliation) -> Iterator[tuple[bytes, bytes]]:
        """Yield what went in and what comes out, in order, piece after piece."""
        yield heads(self.books, of)
        after, upto = self.spans[of.id]
        for piece in sealing.inputs(self.connection, of.id, after, upto):
            yield piece, b""
        for piece in sealing.result(self.connection, after, upto):
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
        inputs, result = map(sha256, heads(self.books, of))
        for piece in sealing.inputs(self.connection, of.id, *self.spans[of.id]):
            inputs.update(piece)
        for piece in sealing.stored(self.connection, of.id):
            result.update(piece)
        of.inputs_sha256, of.result_sha256 = inputs.hexdigest(), result.hexdigest()


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


@contextmanager
def matched(
    books: Books,
    of: Sequence[Reconciliation],
    invoices: SelectOfScalar[int],
    *,
    live: bool = True,
) -> Iterator[Matched]:
    """Judge every line of some invoices, of one month and of a supplier each, lend the verdicts.

    Those that are not `live` are past reconciliations: they are judged by what they sealed of
    the work, not by what is accepted and claimed now.
    """
    books.session.flush()
    connection = books.session.connection()
    if connection.dialect.name == "postgresql":
        # To compile the few long statements takes longer than to run them for most months.
        connection.exec_driver_sql("SET LOCAL jit = off")
    for table in TABLES:
        table.create(connection)
    listed, tight = _enter(books, connection, of, invoices)
    limited = any(claim["total_minor"] is not None for claim in listed)
    month = Period.month(of[0].month)
    connection.execute(
        judging.JUDGE,
        {"live": int(live), "first_day": month.start, "end_day": month.end},
    )
    _count(connection, LINE)
    connection.execute(judging.SHARED)
    connection.execute(judging.SHARE)
    pieces = cover(connection, month, live=live)
    if limited:
        connection.execute(judging.TOTAL)
    if tight:
        connection.execute(judging.CAP)
    last = connection.scalar(select(func.max(LINE.c.position))) or 0
    yield Matched(connection, books, _spans([each.id for each in of], listed, last), pieces)
    for table in TABLES:  # Where the block fails, they go with the transaction.
        table.drop(connection)


def _enter(
    books: Books,
    connection: Connection,
    of: Sequence[Reconciliation],
    invoices: SelectOfScalar[int],
) -> tuple[list[dict[str, Any]], bool]:
    """Enter claims and what they are compared with; tell whether a cap could be exceeded."""
    rules = {"contracts": [each for row in of for each in read(row.rules)["contracts"]]}
    place = {row.supplier_id: row.id for row in of}
    found = heads_of(books, invoices, place)
    contracts = {head.row.contract: head.row.contract_id for head in found}
    listed, rooms = claims(found, of_claims(rules), place), tight_rooms(found, rules)
    entered: tuple[tuple[Table, list[dict[str, Any]]], ...] = (
        (CLAIM, listed),
        (TERM, term_rows(rules, contracts)),
        (ROOM, rooms),
    )
    for table, rows in entered:
        if rows:
            connection.execute(insert(table), rows)
            _count(connection, table)
    return listed, bool(rooms)


def _count(connection: Connection, table: Table) -> None:
    """Tell PostgreSQL how much a temporary table holds; nobody else would, and it plans by it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ANALYZE {table.name}")


def _spans(
    of: Sequence[int], listed: Sequence[Mapping[str, Any]], last: int
) -> dict[int, tuple[int, int]]:
    """Return where the lines of each reconciliation lie, from claims that come in order."""
    starts: dict[int, int] = {}
    for claim in listed:
        starts.setdefault(claim["reconciliation_id"], claim["before"])
    ends = [*starts.values(), last][1:]
    spans = dict(zip(starts, zip(starts.values(), ends, strict=True), strict=True))
    return dict.fromkeys(of, (0, 0)) | spans
