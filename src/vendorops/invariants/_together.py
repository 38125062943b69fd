"""What is told or asked of many rows at once: blocks moved together, and tables without a row."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.tables import BlockMove, Row, RowBlock

Subject = tuple[str, int]
TABLES = ("rowblock", "blockmove")
"""Of whose entry an event tells what became of all rows of a block."""


class Told(NamedTuple):
    """What one event says of all rows of a block."""

    table: str
    rows: range
    """Their keys."""
    before: str
    """Empty where they were entered."""
    after: str

    @property
    def subjects(self) -> Iterator[Subject]:
        """The rows, as events of single rows name them."""
        return ((self.table, ident) for ident in self.rows)


def told_together(books: Books) -> dict[Subject, Told]:
    """Return what is told of blocks, by the subject of the event that tells it."""
    found: dict[Subject, Told] = {}
    known = {row.id: row for row in books.session.exec(select(RowBlock))}
    for row in known.values():
        found["rowblock", row.id] = Told(row.of_table, keys(row), "", row.born)
    for move in books.session.exec(select(BlockMove)):
        block = known[move.row_block_id]
        found["blockmove", move.id] = Told(block.of_table, keys(block), move.before, move.after)
    return found


def keys(block: RowBlock) -> range:
    """Return the keys of the rows of a block."""
    return range(block.first_id, block.first_id + block.count)


def with_rows(books: Books, tables: Iterable[type[Row]]) -> list[type[Row]]:
    """Return those of some tables that hold a row, by one question: most books fill a few."""
    named = {table.__name__.lower(): table for table in tables}
    any_row = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in named)  # noqa: S608 - tables of ours.
    held = books.session.connection().execute(text(" UNION ALL ".join(any_row))).scalars()
    return [named[name] for name in sorted(held, key=list(named).index)]


class Covered:
    """Tells which rows were entered in a block."""

    def __init__(self, books: Books) -> None:
        order = (col(RowBlock.of_table), col(RowBlock.first_id))
        rows = books.session.exec(select(RowBlock).order_by(*order))
        self._blocks: dict[str, list[range]] = {}
        for row in rows:
            self._blocks.setdefault(row.of_table, []).append(keys(row))

    def holds(self, table: str, ident: int) -> bool:
        """Tell whether a row was entered in a block of its table."""
        known = self._blocks.get(table, [])
        at = bisect_right(known, ident, key=lambda each: each.start) - 1
        return at >= 0 and ident in known[at]
