"""Matches all lines of a supplier's month in a few statements, in the books' own transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, func, insert
from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books, canonical
from vendorops.domain.periods import Period
from vendorops.stages.reconciliation import judging, writing
from vendorops.stages.reconciliation.claims import claims, heads_of, tight_rooms
from vendorops.stages.reconciliation.temporary import CLAIM, LINE, ROOM, TERM
from vendorops.stages.reconciliation.terms import read, tax_tolerances, term_rows
from vendorops.tables import Reconciliation, Supplier

FORMAT = 1
"""Of what is hashed; raised when a line of inputs or of the result is written otherwise."""
TABLES = (CLAIM, TERM, ROOM, LINE)
BATCH = 20_000
DIFFERENCES_A_LINE = 3
"""A line has one flaw, or up to three: price, quantity and rounding."""


@dataclass(frozen=True)
class Matched:
    """The verdicts of one reconciliation, while its temporary tables live."""

    connection: Connection
    books: Books
    reconciliation: Reconciliation

    def write(self) -> None:
        """Seal work as it was found, enter what was made of each line, raise what is claimed."""
        of = {"reconciliation_id": self.reconciliation.id}
        last = self.connection.scalar(select(func.max(LINE.c.position))) or 0
        for statement, each in (
            (writing.SEAL_WORK, 1),
            (writing.ALLOCATE, 1),
            (writing.DIFFER, DIFFERENCES_A_LINE),
        ):
            key = self.books.keys((last + 1) * each)
            self.connection.execute(statement, {**of, "key": key})
        self.connection.execute(writing.CLAIM_WORK)

    def unclear(self) -> set[int]:
        """Return the invoices of which something is disputed."""
        flawed = select(CLAIM.c.invoice_id).where(CLAIM.c.flaw != "")
        found = self.connection.execute(writing.UNCLEAR).scalars()
        return {*found, *self.connection.execute(flawed).scalars()}

    def sealed(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield what went in and what came out, line by line in order, piece after piece."""
        yield heads(self.books, self.reconciliation)
        for batch in self.connection.execute(writing.LINES).partitions(BATCH):
            inputs, result = ("".join(f"{row[at]}\n" for row in batch) for at in (0, 1))
            yield inputs.encode(), result.encode()

    def hashes(self) -> tuple[str, str]:
        """Return SHA-256 of what went in and of what came out."""
        inputs, result = sha256(), sha256()
        for given, came in self.sealed():
            inputs.update(given)
            result.update(came)
        return inputs.hexdigest(), result.hexdigest()


def heads(books: Books, of: Reconciliation) -> tuple[bytes, bytes]:
    """Return what the hashes of inputs and of the result begin with."""
    supplier = books.get(Supplier, of.supplier_id).reference
    head: dict[str, object] = {
        "format": FORMAT,
        "supplier": supplier,
        "month": of.month,
        "version": of.version,
    }
    return canonical({**head, "rules": of.rules}) + b"\n", canonical(head) + b"\n"


@contextmanager
def matched(
    books: Books, of: Reconciliation, invoices: SelectOfScalar[int], *, live: bool = True
) -> Iterator[Matched]:
    """Judge every line of some invoices and lend the verdicts.

    One that is not `live` is a past reconciliation: it is judged by what it sealed of the work,
    not by what is accepted and claimed now.
    """
    books.session.flush()
    connection = books.session.connection()
    for table in TABLES:
        table.create(connection)
    tight = _enter(books, connection, read(of.rules), invoices)
    month = Period.month(of.month)
    connection.execute(
        judging.JUDGE,
        {
            "live": int(live),
            "reconciliation_id": of.id,
            "first_day": month.start,
            "end_day": month.end,
        },
    )
    connection.execute(judging.SHARE)
    if tight:
        connection.execute(judging.CAP)
    yield Matched(connection, books, of)
    for table in TABLES:  # Where the block fails, they go with the transaction.
        table.drop(connection)


def _enter(
    books: Books,
    connection: Connection,
    rules: Mapping[str, Any],
    invoices: SelectOfScalar[int],
) -> bool:
    """Enter claims and what they are compared with; tell whether a cap could be exceeded."""
    found = heads_of(books, invoices)
    contracts = {head.row.contract: head.row.contract_id for head in found}
    rooms = tight_rooms(found, rules)
    entered: tuple[tuple[Table, list[dict[str, Any]]], ...] = (
        (CLAIM, claims(found, tax_tolerances(rules))),
        (TERM, term_rows(rules, contracts)),
        (ROOM, rooms),
    )
    for table, rows in entered:
        if rows:
            connection.execute(insert(table), rows)
    return bool(rooms)
