"""What is broken in books that makers helped to write, but for what makers leave unproved."""

from sqlalchemy import String, Table, or_, select
from sqlmodel import SQLModel

from tests.make import SHA, only
from tests.make.orders import NOT_VAULTED
from vendorops.books import Books
from vendorops.invariants import verify
from vendorops.tables import Worker

NO_NUMBER = "no number"
"""Begins the blind index of a row whose number a maker did not look up."""


def broken(books: Books) -> list[str]:
    """Return code and offender of each violation.

    Makers enter rows whose papers nobody wrote, under the hash SHA, and accounts whose number is
    found by nothing and that nobody called back. What is said of such rows, by their reference or
    key, is left out; so is what is said of people whose number is not in the vault.
    """
    made = {name for table in SQLModel.metadata.tables.values() for name in _made(books, table)}
    return [
        f"{each.code} {each.what}"
        for each in verify(books).violations
        if made.isdisjoint(each.what.split())
        and not (each.code == "S70" and _unvaulted(books, each.what))
    ]


def _unvaulted(books: Books, what: str) -> bool:
    """Tell whether a maker left the number of a person out."""
    worker = only(books, Worker, reference=what.split(maxsplit=1)[0])
    return worker.identifier_masked == NOT_VAULTED


def _made(books: Books, table: Table) -> set[str]:
    texts = [column for column in table.columns if isinstance(column.type, String)]
    if not texts:
        return set()
    unproved = [(each == SHA) | each.startswith(NO_NUMBER) for each in texts]
    named = [table.c.id, table.c.get("reference", table.c.id)]
    rows = books.session.connection().execute(select(*named).where(or_(*unproved)))
    return {str(name) for row in rows for name in row}
