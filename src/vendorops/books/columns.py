"""Enters many rows given by column, as fast as each database takes them from its driver.

Only for rows that never change and that the history does not tell of one by one; keys are minted
in the order of the rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from vendorops.books import log
from vendorops.books.unit import Books
from vendorops.tables import Row

Whole = NDArray[np.int64]
HEAD, TAIL = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8, b"\xff\xff"
"""With what PostgreSQL's binary form of rows begins and ends."""


TOGETHER = 250
"""Rows that one statement of SQLite's is given."""
BITS = 16
"""No column has more different texts."""


class Coded(NamedTuple):
    """A column of texts of which few are different: which one each row has."""

    at: Whole
    values: Sequence[str]


Columns = Mapping[str, Whole | Coded]


class ToldOneByOne(Exception):  # noqa: N818 - a defect, named for what it would leave out.
    """The history tells of each row of this table: it is entered by `enter_many`."""


def enter_columns(books: Books, table: type[Row], columns: Columns) -> None:
    """Enter rows given as all the columns of a table but its key."""
    if table.witnessed or hasattr(table, "states"):
        raise ToldOneByOne(f"rows of {table.__name__} are entered by enter_many")
    first = next(iter(columns.values()))
    count = len(first.at if isinstance(first, Coded) else first)
    if not count:
        return
    log.lock(books.session)
    key = books.keys(count)
    whole: Columns = {"id": np.arange(key, key + count), **columns}
    books.session.flush()
    fill_columns(books.session.connection(), table.__name__.lower(), whole)


def fill_columns(connection: Connection, table: str, columns: Columns) -> None:
    """Enter rows given as all the columns of a table, such as a temporary one."""
    if connection.dialect.name == "sqlite":
        _insert(connection, table, columns)
    else:
        _copy(connection, table, columns)


def _insert(connection: Connection, table: str, columns: Columns) -> None:
    names = ", ".join(columns)
    execute_for_rows(connection, f"INSERT INTO {table} ({names}) VALUES {{rows}}", columns)  # noqa: S608 - our own names.


def execute_for_rows(connection: Connection, statement: str, columns: Columns) -> None:
    """Run a statement of SQLite's with `{rows}` in it, the rows of a VALUES, for many of them.

    Each time it gets so many rows, because to run it takes longer than to enter a row.
    """
    marks = f"({', '.join('?' * len(columns))})"
    driver: Any = connection.connection.driver_connection
    for rows in _pieces(columns):
        count = len(rows) // len(columns)
        driver.execute(statement.format(rows=", ".join([marks] * count)), rows)


def _pieces(columns: Columns) -> Iterator[list[int | str]]:
    """Yield the values of some rows, row after row; few are objects of Python at one time."""
    first = next(column for column in columns.values() if not isinstance(column, Coded))
    for start in range(0, len(first), TOGETHER):
        some = slice(start, start + TOGETHER)
        listed = (
            map(column.values.__getitem__, column.at[some].tolist())
            if isinstance(column, Coded)
            else column[some].tolist()
            for column in columns.values()
        )
        yield list(chain.from_iterable(zip(*listed, strict=True)))


def _copy(connection: Connection, table: str, columns: Columns) -> None:
    driver: Any = connection.connection.driver_connection
    names = ", ".join(columns)
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.write(HEAD)
        for piece in _binary(columns):
            copy.write(piece)
        copy.write(TAIL)


def _binary(columns: Columns) -> Iterator[bytes]:
    """Yield rows in PostgreSQL's binary form: for each field its length and its bytes.

    Rows of the same texts have the same widths, so they are laid out together.
    """
    coded = [column for column in columns.values() if isinstance(column, Coded)]
    if not coded:
        yield _laid_out(columns, np.s_[:])
        return
    kinds = sum(column.at << (BITS * at) for at, column in enumerate(coded))
    for kind in np.unique(kinds):
        yield _laid_out(columns, np.flatnonzero(kinds == kind))


def _laid_out(columns: Columns, rows: Any) -> bytes:  # noqa: ANN401 - positions or a slice.
    said = {
        name: column.values[column.at[rows][0]].encode()
        for name, column in columns.items()
        if isinstance(column, Coded)
    }
    layout: list[Any] = [("count", ">i2")]
    for name in columns:
        kind = f"S{len(said[name])}" if name in said else ">i8"
        layout += [(f"{name}_length", ">i4"), (name, kind)]
    whole = next(column for column in columns.values() if not isinstance(column, Coded))
    count = len(whole[rows])
    found = np.empty(count, layout)
    found["count"] = len(columns)
    for name, column in columns.items():
        found[f"{name}_length"] = len(said[name]) if name in said else 8
        found[name] = said[name] if isinstance(column, Coded) else column[rows]
    return found.tobytes()
