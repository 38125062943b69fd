"""Matches all lines of a supplier's month in a few statements, in the books' own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, func, insert
from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books, canonical
from vendorops.domain.periods import Period
from vendorops.stages.reconciliation import judging, writing
from vendorops.stages.reconciliation.claims import claims
from vendorops.stages.reconciliation.temporary import CLAIM, LINE
from vendorops.stages.reconciliation.terms import tolerances
from vendorops.tables import Reconciliation, Supplier

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
        """Enter allocations and differences, and raise what is claimed of each piece of work."""
        of = {"reconciliation_id": self.reconciliation.id}
        last = self.connection.scalar(select(func.max(LINE.c.position))) or 0
        for statement, each in (
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

    def hashes(self) -> tuple[str, str]:
        """Return SHA-256 of what went in and of what came out, line by line in order."""
        inputs, result = (sha256(line) for line in heads(self.books, self.reconciliation))
        for batch in self.connection.execute(writing.LINES).partitions(BATCH):
            inputs.update("".join(f"{row[0]}\n" for row in batch).encode())
            result.update("".join(f"{row[1]}\n" for row in batch).encode())
        return inputs.hexdigest(), result.hexdigest()


def heads(books: Books, of: Reconciliation) -> tuple[bytes, bytes]:
    """Return what the hashes of inputs and of the result begin with."""
    supplier = books.get(Supplier, of.supplier_id).reference
    head: dict[str, object] = {"supplier": supplier, "month": of.month, "version": of.version}
    return canonical({**head, "rules": of.rules}) + b"\n", canonical(head) + b"\n"


@contextmanager
def matched(
    books: Books, of: Reconciliation, invoices: SelectOfScalar[int], *, replay_at: int = 0
) -> Iterator[Matched]:
    """Judge every line of some invoices and lend the verdicts.

    `replay_at` is the place in the log at which a past reconciliation was opened: it is then
    judged by what had been claimed at that point, not by what is claimed now.
    """
    books.session.flush()
    connection = books.session.connection()
    for table in (CLAIM, LINE):
        table.create(connection)
    listed = claims(books, invoices, tolerances(of.rules))
    if listed:
        connection.execute(insert(CLAIM), listed)
    month = Period.month(of.month)
    connection.execute(
        judging.JUDGE,
        {
            "live": int(not replay_at),
            "seq": replay_at,
            "supplier_id": of.supplier_id,
            "month": of.month,
            "version": of.version,
            "first_day": month.start,
            "end_day": month.end,
        },
    )
    connection.execute(judging.SHARE)
    yield Matched(connection, books, of)
    for table in (CLAIM, LINE):  # Where the block fails, they go with the transaction.
        table.drop(connection)
