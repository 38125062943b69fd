"""A month's columns read and written as bare as each database's own driver can."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine

Whole = NDArray[np.int64]

CLAIMS = """
SELECT id, contract_id, {currency}, {places}, CASE kind WHEN 'credit_note' THEN 1 ELSE 0 END,
  net_minor, {day} FROM invoice WHERE month = '{month}' AND status <> 'rejected' ORDER BY id
"""
LINES = """
SELECT l.id, l.invoice_id, COALESCE(l.work_item_id, 0), l.quantity_e4, l.price_e6, l.net_minor
FROM invoiceline AS l ORDER BY l.id
"""
WORK = """
SELECT id, contract_id, {currency}, CASE WHEN performed_on >= '{month}-01' THEN 1 ELSE 0 END,
  accepted_e4, price_e6 FROM workitem ORDER BY id
"""
TEXTS = (
    "SELECT tax_category, work_reference FROM invoiceline ORDER BY id",
    """SELECT reference, term, performed_on, accepted_on, currency FROM workitem ORDER BY id""",
    "SELECT reference, currency FROM invoice ORDER BY id",
)
"""What the seals of a month cover beyond numbers."""
CURRENCIES = {"CNY": 2, "EUR": 2, "USD": 2, "GBP": 2, "JPY": 0, "KWD": 3}
CODES = {name: at for at, name in enumerate(CURRENCIES)}
COLUMNS = {
    "floor_allocation": ("line", "work", "quantity", "amount"),
    "floor_difference": ("line", "reason", "amount"),
    "floor_claimed": ("work", "quantity"),
    "floor_unclear": ("claim", "lines"),
}


class Bare(Protocol):
    """The columns of a month, read and written."""

    def claims(self, month: str) -> tuple[Whole, ...]:
        """Return key, contract, currency, its places, whether a credit note, net and day."""
        ...

    def lines(self, month: str) -> tuple[Whole, ...]:
        """Return key, claim, work, quantity, price and net, by key."""
        ...

    def work(self, month: str) -> tuple[Whole, ...]:
        """Return key, contract, currency, whether of the month, accepted quantity and price."""
        ...

    def texts(self) -> Iterator[bytes]:
        """Yield what is written of lines, work and claims in words, in the order of their keys."""
        ...

    def write(self, table: str, columns: Sequence[Whole]) -> None:
        """Enter columns into a new table of numbered rows."""
        ...


TOGETHER = 250
"""Rows that one statement of SQLite's enters; with one each it takes twice as long."""
AT_ONCE = 500
"""Rows that are objects of Python at one time: so few that the processor's caches hold them."""


@contextmanager
def bare(engine: Engine) -> Iterator[Bare]:
    """Lend the tables of a database through its driver, for one transaction."""
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    if engine.dialect.name == "sqlite":
        driver.execute("BEGIN IMMEDIATE")
        yield _Lite(driver)
    else:
        yield _Postgres(driver)
    driver.commit()
    connection.close()


class _Read:
    """What both say alike, and how a day is a number to them."""

    day = ""

    def read(self, query: str, width: int) -> tuple[Whole, ...]:
        raise NotImplementedError

    def claims(self, month: str) -> tuple[Whole, ...]:
        said = {"currency": _cases(CODES), "places": _cases(CURRENCIES), "day": self.day}
        return self.read(CLAIMS.format(month=month, **said), 7)

    def lines(self, month: str) -> tuple[Whole, ...]:
        return self.read(LINES.format(month=month), 6)

    def work(self, month: str) -> tuple[Whole, ...]:
        return self.read(WORK.format(month=month, currency=_cases(CODES)), 6)


class _Lite(_Read):
    day = "CAST(strftime('%d', issue_date) AS INTEGER)"

    def __init__(self, driver: Any) -> None:  # noqa: ANN401 - sqlite3's connection.
        self.driver = driver

    def read(self, query: str, width: int) -> tuple[Whole, ...]:
        flat = np.fromiter(chain.from_iterable(self.driver.execute(query)), np.int64)
        return tuple(flat.reshape(-1, width).T.copy())

    def texts(self) -> Iterator[bytes]:
        for query in TEXTS:
            rows = self.driver.execute(query)
            while some := rows.fetchmany(AT_ONCE):
                yield "\t".join(text or "" for text in chain.from_iterable(some)).encode()

    def write(self, table: str, columns: Sequence[Whole]) -> None:
        named = ", ".join(f"{name} INTEGER" for name in COLUMNS[table])
        self.driver.execute(f"DROP TABLE IF EXISTS {table}")
        self.driver.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {named}) STRICT")
        given, marks = ", ".join(COLUMNS[table]), f"({', '.join('?' * len(columns))})"
        rows = np.array(columns).T
        for start in range(0, len(rows), TOGETHER):
            some = rows[start : start + TOGETHER]
            every = ", ".join([marks] * len(some))
            statement = f"INSERT INTO {table} ({given}) VALUES {every}"  # noqa: S608 - our own names.
            self.driver.execute(statement, some.ravel().tolist())


class _Postgres(_Read):
    day = "EXTRACT(DAY FROM issue_date)"
    HEAD, TAIL = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8, b"\xff\xff"

    def __init__(self, driver: Any) -> None:  # noqa: ANN401 - psycopg's connection.
        self.driver = driver

    def read(self, query: str, width: int) -> tuple[Whole, ...]:
        with self.driver.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            text = b"".join(map(bytes, copy))
        return tuple(np.fromstring(text, np.int64, sep=" ").reshape(-1, width).T.copy())

    def texts(self) -> Iterator[bytes]:
        for query in TEXTS:
            with self.driver.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
                yield from map(bytes, copy)

    def write(self, table: str, columns: Sequence[Whole]) -> None:
        """Copy in PostgreSQL's own binary form: for each field its length and its bytes."""
        names = ("id", *COLUMNS[table])
        fields = ", ".join(f"{name} BIGINT" for name in COLUMNS[table])
        field = [("length", ">i4"), ("value", ">i8")]
        rows = np.empty(len(columns[0]), [("count", ">i2"), *((name, field) for name in names)])
        rows["count"] = len(names)
        numbered = np.arange(1, len(rows) + 1)
        for name, column in zip(names, (numbered, *columns), strict=True):
            rows[name]["length"], rows[name]["value"] = 8, column
        with self.driver.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
            cursor.execute(f"CREATE TABLE {table} (id BIGINT PRIMARY KEY, {fields})")
            given = ", ".join(names)
            with cursor.copy(f"COPY {table} ({given}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.write(self.HEAD)
                copy.write(rows.tobytes())
                copy.write(self.TAIL)


def _cases(codes: dict[str, int]) -> str:
    when = " ".join(f"WHEN '{name}' THEN {code}" for name, code in codes.items())
    return f"CASE currency {when} END"
