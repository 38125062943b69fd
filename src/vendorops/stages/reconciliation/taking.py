"""Takes rows from either database's driver and makes columns of them.

Objects of an ORM, one for each row, would take longer than the match. SQLite's driver gives rows
as objects of Python, which are taken apart at once. PostgreSQL copies them out in its binary form:
whole numbers come first and lie at the same places in every row, so that those of many rows are
taken out together without an object for each.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from sqlalchemy import Connection

from vendorops.domain.matching.columns import Flags, Whole

AT_ONCE = 500
"""Rows that are objects of Python at one time: so few that the processor's caches hold them."""
SIDE_BY_SIDE = 5_000
"""Rows of PostgreSQL's binary form that are taken apart together."""
HEAD, TAIL = 19, b"\xff\xff"
"""Bytes before the first of its rows, and what comes after the last."""
LENGTH = 4
"""Bytes that tell how long a field is; below zero there is none."""
Plain = NDArray[np.object_]
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Coded:
    """A column of texts of which few are different: which of them each row has."""

    at: Whole
    values: Plain

    def texts(self, rows: slice) -> list[str | None]:
        """Return the texts of some rows."""
        found: list[str | None] = self.values[self.at[rows]].tolist()
        return found

    def __getitem__(self, rows: Whole) -> "Coded":
        """Return some rows, in the order given."""
        return Coded(self.at[rows], self.values)

    def flags(self, tells: Callable[[str], bool]) -> Flags:
        """Tell of every row what holds for its text, asking once for each; of none it is False."""
        return np.array([bool(text) and tells(text) for text in self.values], np.bool_)[self.at]


class Shape(NamedTuple):
    """How many columns of each kind rows have; they come in this order."""

    whole: int
    coded: int
    plain: int


class Columns(NamedTuple):
    """The columns of all rows."""

    whole: list[Whole]
    coded: list[Coded]
    plain: list[Plain]


class _Numbers(dict[T, int]):
    """Numbers values in the order in which they are met."""

    def __missing__(self, value: T) -> int:
        return self.setdefault(value, len(self))

    def of(self, values: Any) -> Whole:  # noqa: ANN401 - a sequence of them.
        """Return the number of each."""
        return np.fromiter(map(self.__getitem__, values), np.int64, len(values))

    def coded(self, at: Whole) -> Coded:
        """Return a column of numbers with the texts that they stand for."""
        return Coded(at, np.fromiter(self, np.object_, len(self)))


def from_rows(connection: Connection, query: str, shape: Shape) -> Columns:
    """Return what a query of SQLite finds, by column.

    Coded texts come as one JSON array: to make an object of each text in each row takes longer
    than to find the row. Of numbers none is ever missing.
    """
    whole: list[list[Whole]] = [[] for _ in range(shape.whole)]
    plain: list[list[Plain]] = [[] for _ in range(shape.plain)]
    worded: list[Whole] = []
    wordings: _Numbers[str] = _Numbers()
    for rows in _rows(connection, query):
        columns = list(zip(*rows, strict=True))
        for part, column in zip(whole, columns[: shape.whole], strict=True):
            part.append(np.fromiter(column, np.int64, len(rows)))
        worded.append(wordings.of(columns[shape.whole]))
        for kept, column in zip(plain, columns[shape.whole + 1 :], strict=True):
            kept.append(np.fromiter(column, np.object_, len(rows)))
    coded = _taken_apart(map(json.loads, wordings), _joined(worded, np.int64), shape.coded)
    return Columns(
        [_joined(part, np.int64) for part in whole],
        coded,
        [_joined(kept, np.object_) for kept in plain],
    )


def from_copy(connection: Connection, query: str, shape: Shape) -> Columns:
    """Return what a query of PostgreSQL finds, by column.

    Its numbers are BIGINT. Before the coded texts comes one that is plain. Of numbers and plain
    texts none is ever missing.
    """
    number = [("length", ">i4"), ("value", ">i8")]
    layout = np.dtype([("fields", ">i2"), ("number", number, (shape.whole,)), ("length", ">i4")])
    numbers: list[Whole] = [np.zeros((shape.whole, 0), np.int64)]
    worded: list[Whole] = [np.zeros(0, np.int64)]
    texts: list[str] = []
    wordings: _Numbers[bytes] = _Numbers()
    rows = _copied(connection, query)
    while some := list(islice(rows, SIDE_BY_SIDE)):
        lengths = np.fromiter(map(len, some), np.int64, len(some))
        flat = np.frombuffer(b"".join(some), np.uint8)
        begins = np.cumsum(lengths) - lengths
        fixed = sliding_window_view(flat, layout.itemsize)[begins].view(layout)[:, 0]
        numbers.append(fixed["number"]["value"].T.astype(np.int64))
        first = layout.itemsize
        ends = (first + fixed["length"].astype(np.int64)).tolist()
        texts += [row[first:end].decode() for row, end in zip(some, ends, strict=True)]
        worded.append(wordings.of([row[end:] for row, end in zip(some, ends, strict=True)]))
    whole = np.concatenate(numbers, axis=1)
    coded = _taken_apart(map(fields_of, wordings), np.concatenate(worded), shape.coded)
    return Columns([*whole], coded, [np.fromiter(texts, np.object_, len(texts))])


def _taken_apart(wordings: Iterable[list[str | None]], at: Whole, count: int) -> list[Coded]:
    """Return the columns of texts that rows have, given which wording of them all each has."""
    texts = list(wordings)
    found = []
    for column in range(count):
        known: _Numbers[str | None] = _Numbers()
        codes = known.of([each[column] for each in texts])
        found.append(known.coded(codes[at]))
    return found


def fields_of(wording: bytes) -> list[str | None]:
    r"""Return the texts of some fields as PostgreSQL sends them.

    >>> fields_of(b"\0\0\0\3CNY\xff\xff\xff\xff")
    ['CNY', None]
    """
    found: list[str | None] = []
    while wording:
        length = int.from_bytes(wording[:LENGTH], "big", signed=True)
        end = LENGTH + max(length, 0)
        found.append(wording[LENGTH:end].decode() if length >= 0 else None)
        wording = wording[end:]
    return found


def _joined(parts: list[NDArray[Any]], kind: type[Any]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, kind)


def _rows(connection: Connection, query: str) -> Iterator[list[tuple[Any, ...]]]:
    result: Any = connection.exec_driver_sql(query)
    while rows := result.cursor.fetchmany(AT_ONCE):
        yield rows
    result.close()


def _copied(connection: Connection, query: str) -> Iterator[bytes]:
    driver: Any = connection.connection.driver_connection
    statement = f"COPY ({query}) TO STDOUT (FORMAT BINARY)"
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        given = map(bytes, copy)
        first = next(given)[HEAD:]
        yield from (row for row in chain([first], given) if row != TAIL)
