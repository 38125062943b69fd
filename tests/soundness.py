"""What is broken in books that makers helped to write, but for what makers leave unproved."""

from functools import cache

from sqlalchemy import String, Table, TextClause, text
from sqlmodel import SQLModel

from tests.make import SHA, only
from tests.make.orders import NOT_VAULTED
from tests.silence import Silence, rules
from vendorops.books import Books
from vendorops.invariants._together import with_rows
from vendorops.tables import Row, Worker

NO_NUMBER = "no number"
"""Begins the blind index of a row whose number a maker did not look up."""
EMPTY = Silence()
"""What rules read of books without a row."""


def broken(books: Books, part: int = 0, parts: int = 1) -> list[str]:
    """Return code and offender of each violation, of all invariants or of one part of them.

    Makers enter rows whose papers nobody wrote, under the hash SHA, and accounts whose number is
    found by nothing and that nobody called back. What is said of such rows, by their reference or
    key, is left out; so is what is said of people whose number is not in the vault.
    """
    books.session.flush()  # What was not sent yet would be lost when rules forget what they read.
    filled = frozenset(each.__name__.lower() for each in with_rows(books, Row.__subclasses__()))
    violations = EMPTY.asked(books, filled, rules()[part::parts])
    made = _made(books) if violations else set()
    return [
        f"{each.code} {each.what}"
        for each in violations
        if made.isdisjoint(each.what.split())
        and not (each.code == "S70" and _unvaulted(books, each.what))
    ]


def _unvaulted(books: Books, what: str) -> bool:
    """Tell whether a maker left the number of a person out."""
    worker = only(books, Worker, reference=what.split(maxsplit=1)[0])
    return worker.identifier_masked == NOT_VAULTED


def _made(books: Books) -> set[str]:
    """Return keys and references of all rows that makers left unproved."""
    unproved = {"sha": SHA, "beginning": f"{NO_NUMBER}%"}
    rows = books.session.connection().execute(_unproved(), unproved)
    return {str(name) for row in rows for name in row}


@cache
def _unproved() -> TextClause:
    """Return one question about all tables: a hundred take longer to put than to answer."""
    asked = filter(None, map(_unproved_of, SQLModel.metadata.sorted_tables))
    return text(" UNION ALL ".join(asked))


def _unproved_of(table: Table) -> str:
    texts = [column.name for column in table.columns if isinstance(column.type, String)]
    named = '"reference"' if "reference" in table.columns else "CAST(id AS TEXT)"
    wanted = [f'"{name}" = :sha OR "{name}" LIKE :beginning' for name in texts]
    where = " OR ".join(wanted)
    asked = f'SELECT CAST(id AS TEXT), {named} FROM "{table.name}" WHERE {where}'  # noqa: S608 - names of ours.
    return asked if texts else ""
