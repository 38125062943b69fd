"""The tables that floors write: bare ones, and ones with the keys of the books'."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import BigInteger
from sqlmodel import SQLModel

from vendorops.books.inserting import inserts

FILLED = (
    *("settlement", "settlementline", "withholding"),
    *("ledgeraccount", "transfer", "payment"),
)
NAMED = "|".join(FILLED)


class Tables(Protocol):
    """Tables of one month, named and filled as those of the books."""

    def create(self, driver: Any) -> None:  # noqa: ANN401 - sqlite3's connection.
        """Make the tables, empty."""

    def fill(self, driver: Any, table: str, columns: Mapping[str, object]) -> None:  # noqa: ANN401 - as above.
        """Enter rows given by column: a list each, or one value for all."""

    def move(self, driver: Any, table: str, state: str) -> None:  # noqa: ANN401 - as above.
        """Bring all rows of a table to a state."""


class Bare:
    """Tables without any index but the key, whose rows are entered once and for all."""

    def create(self, driver: Any) -> None:  # noqa: ANN401 - sqlite3's connection.
        """Make the tables, empty."""
        for table in FILLED:
            kinds = {
                column.name: "INTEGER" if isinstance(column.type, BigInteger) else "TEXT"
                for column in SQLModel.metadata.tables[table].columns
            }
            spelled = ", ".join(f"{name} {kind}" for name, kind in kinds.items() if name != "id")
            driver.execute(
                f"CREATE TABLE floor_{table} (id INTEGER PRIMARY KEY, {spelled}) STRICT"
            )

    def fill(self, driver: Any, table: str, columns: Mapping[str, object]) -> None:  # noqa: ANN401 - sqlite3's connection.
        """Enter rows given by column: a list each, or one value for all."""
        _fill(driver, f"floor_{table}", columns)

    def move(self, driver: Any, table: str, state: str) -> None:  # noqa: ANN401 - sqlite3's connection.
        """Leave the rows as they are: nothing looks at their state."""


class Keyed:
    """Tables with the unique, foreign and other keys, checks and indices of the books'."""

    def create(self, driver: Any) -> None:  # noqa: ANN401 - sqlite3's connection.
        """Make the tables, empty."""
        written = driver.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') "
            "AND sql IS NOT NULL ORDER BY type DESC, rowid"
        ).fetchall()
        for name, table, statement in written:
            if table in FILLED:
                driver.execute(_keyed(name, statement))

    def fill(self, driver: Any, table: str, columns: Mapping[str, object]) -> None:  # noqa: ANN401 - sqlite3's connection.
        """Enter rows given by column: a list each, or one value for all."""
        _fill(driver, f"keyed_{table}", columns)

    def move(self, driver: Any, table: str, state: str) -> None:  # noqa: ANN401 - sqlite3's connection.
        """Bring all rows of a table to a state."""
        driver.execute(f"UPDATE keyed_{table} SET status = ?", (state,))  # noqa: S608 - our own name.


def _keyed(name: str, statement: str) -> str:
    """Return the statement that makes a table or an index of the books, under another name."""
    renamed = re.sub(rf'^(CREATE [A-Z ]+) "?{name}"?', rf"\1 keyed_{name}", statement)
    named = rf'\b(ON|REFERENCES) "?({NAMED})"?(?=[ (])'
    return re.sub(named, r"\1 keyed_\2", renamed)


def _fill(driver: Any, table: str, columns: Mapping[str, object]) -> None:  # noqa: ANN401 - sqlite3's connection.
    for statement, values in inserts(table, columns):
        driver.execute(statement, values)
