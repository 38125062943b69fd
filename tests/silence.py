"""Spares a rule from saying again of rows that it finds nothing broken in them.

What a rule says follows from the rows it reads. Where it named nothing of some books, it names
nothing of others that are the same in every table it read: so it is asked again only where one of
these tables differs. Books of tests differ in a few tables of a hundred, and most rules read
others.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import event
from sqlmodel import SQLModel

from vendorops.books import Books
from vendorops.books.remembering import KEPT
from vendorops.invariants import check, every
from vendorops.invariants._rule import Invariant, Violation

_WORD = re.compile(r"\w+")
rules: Callable[[], list[Invariant]] = cache(every)
"""Every invariant, found once: looking through the shelf takes longer than most of them."""


class Silence:
    """Remembers of one state of the books which rules named nothing, and what they read."""

    def __init__(self) -> None:
        self._read: dict[tuple[object, ...], frozenset[str]] = {}

    def asked(
        self, books: Books, differing: frozenset[str], of: Iterable[Invariant]
    ) -> list[Violation]:
        """Return what breaks some rules in books that differ from that state in some tables."""
        found: list[Violation] = []
        with _reading(books) as read:
            for rule in of:
                known = (rule.code, books.as_of)
                if known in self._read and differing.isdisjoint(self._read[known]):
                    continue
                _forget(books)
                read.clear()
                said = check(books, rule)
                if read and not said and differing.isdisjoint(read):
                    self._read[known] = frozenset(read)
                found += said
        return found


@cache
def named(statement: str) -> frozenset[str]:
    """Return every table whose name stands in a statement."""
    return frozenset(_WORD.findall(statement)) & SQLModel.metadata.tables.keys()


@contextmanager
def _reading(books: Books) -> Iterator[set[str]]:
    """Lend a set that gathers the tables named in what the database is asked."""
    read: set[str] = set()

    def look(*given: Any) -> None:
        read.update(named(given[2]))

    connection = books.session.connection()
    event.listen(connection, "before_cursor_execute", look)
    try:
        yield read
    finally:
        event.remove(connection, "before_cursor_execute", look)


def _forget(books: Books) -> None:
    """Let a rule read for itself what one before it read, or it would seem not to read it."""
    books.session.expunge_all()
    books.session.info.pop(KEPT, None)
