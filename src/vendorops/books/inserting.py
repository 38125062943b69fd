"""Spells statements of SQLite's that enter rows given by column, many by each."""

from collections.abc import Iterator, Mapping
from itertools import chain, count

from vendorops.books.columns import TOGETHER

INSERTED = "INSERT INTO {table} ({names}) VALUES {rows}"


def inserts(table: str, columns: Mapping[str, object]) -> Iterator[tuple[str, list[object]]]:
    """Yield statements that enter many rows each, with their values.

    Columns have a list with a value for each row, or one value for all of them. To run a statement
    takes longer than to enter a row; what all rows say is bound once.
    """
    length = max((len(value) for value in columns.values() if isinstance(value, list)), default=1)
    columns = {name: _once(value) for name, value in columns.items()}
    several = [value for value in columns.values() if isinstance(value, list)]
    same = [value for value in columns.values() if not isinstance(value, list)]
    for start in range(0, length, TOGETHER):
        rows = min(TOGETHER, length - start)
        if start == 0 or rows < TOGETHER:
            statement = _insert(table, columns, rows)
        some = [value[start : start + rows] for value in several]
        yield statement, [*same, *chain.from_iterable(zip(*some, strict=True))]


def _once(value: object) -> object:
    """Return what all rows of a column say, where they say the same; else the column."""
    if not (isinstance(value, list) and value and value[0] == value[-1]):
        return value
    return value[0] if value.count(value[0]) == len(value) else value


def _insert(table: str, columns: Mapping[str, object], rows: int) -> str:
    """Return the statement that enters so many rows; first are bound the values of all of them."""
    same = [name for name, value in columns.items() if not isinstance(value, list)]
    at = {name: mark for mark, name in enumerate(same, 1)}
    marks = count(len(same) + 1)
    written = (
        ", ".join(f"?{at[name] if name in at else next(marks)}" for name in columns)
        for _ in range(rows)
    )
    return INSERTED.format(
        table=table, names=", ".join(columns), rows=", ".join(f"({row})" for row in written)
    )
