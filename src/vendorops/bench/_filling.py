"""Fills a table by column as fast as its database takes rows, past every question of the books."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import Connection

from vendorops.tables import Row

Columns = Mapping[str, object]
"""By name: a list with a value for each row, or one value for all of them."""


def fill(connection: Connection, table: type[Row], columns: Columns) -> None:
    """Enter rows given as columns; what is not given has the value it is born with."""
    born = {
        name: field.default
        for name, field in table.model_fields.items()
        if field.default is not PydanticUndefined
    }
    whole = {**born, **columns}
    rows = _rows(list(whole.values()))
    name, names = table.__name__.lower(), ", ".join(whole)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(whole))
        statement = f"INSERT INTO {name} ({names}) VALUES ({marks})"  # noqa: S608 - our own names.
        connection.exec_driver_sql(statement, list(rows))
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _rows(columns: Sequence[object]) -> Iterator[tuple[object, ...]]:
    several = any(isinstance(column, list) for column in columns)
    each = [column if isinstance(column, list) else repeat(column) for column in columns]
    return zip(*each, strict=False) if several else iter([tuple(columns)])
