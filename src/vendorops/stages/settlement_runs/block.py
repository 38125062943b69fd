"""Where the settlements of a run lie: under keys that follow each other."""

from typing import Any

from sqlalchemy import ColumnElement

from vendorops.books import Books
from vendorops.tables import RowBlock, SettlementRun


class WithoutRows(Exception):  # noqa: N818 - a defect, named for what is missing.
    """A run whose rows were not entered with it."""


def settlements(books: Books, run: SettlementRun) -> RowBlock:
    """Return the block of a run's settlements."""
    return _block(books, run, run.settlement_block_id)


def withholdings(books: Books, run: SettlementRun) -> RowBlock:
    """Return the block of the tax kept back from a run's settlements."""
    return _block(books, run, run.withholding_block_id)


def mine(books: Books, run: SettlementRun, column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of keys.
    """Return the condition under which a column holds the key of a settlement of a run."""
    block = settlements(books, run)
    condition: ColumnElement[bool] = column.between(
        block.first_id, block.first_id + block.count - 1
    )
    return condition


def _block(books: Books, run: SettlementRun, ident: int | None) -> RowBlock:
    if ident is None:
        raise WithoutRows(f"{run.reference} has no rows")
    return books.get(RowBlock, ident)
