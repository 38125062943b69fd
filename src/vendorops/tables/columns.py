"""The few kinds of column there are, and the row every table grows from.

Money and measures are 64-bit integers, days are days, instants are UTC, everything else is text:
no column can become a binary float. SQLite tables are STRICT, so the database refuses what
Python let through.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    Text,
    TypeDecorator,
)
from sqlalchemy import text as sql
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

from vendorops.domain.lifecycle import Status

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

Whole = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit integer; SQLite's strict tables know it as INTEGER."""


class Day(TypeDecorator[date]):
    """A business date: DATE, or ISO text where strict SQLite has no dates."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = Text() if dialect.name == "sqlite" else Date()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:  # noqa: ANN401 - text or date.
        return value.isoformat() if value and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:  # noqa: ANN401 - text or date.
        if value is None or dialect.name != "sqlite":
            return value  # type: ignore[no-any-return]  # the driver gives a date.
        return date.fromisoformat(value)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: TIMESTAMP WITH TIME ZONE, or ISO text that sorts as time on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = Text() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401 - text or instant.
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.isoformat(timespec="microseconds") if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401 - text or instant.
        if value is None:
            return None
        found = datetime.fromisoformat(value) if dialect.name == "sqlite" else value
        return found.astimezone(UTC)


class Row(SQLModel):
    """Every row has a 64-bit key that rises with time, minted by `Books.key`."""

    __table_args__: ClassVar[Any] = {"sqlite_strict": True}
    witnessed: ClassVar[bool] = False
    """Whether the history tells of its entry although it has no lifecycle."""
    filled_later: ClassVar[frozenset[str]] = frozenset()
    """Columns that are set or run on after the row was entered; the others never change."""

    id: int = Field(primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})


def strict(*constraints: Any) -> tuple[Any, ...]:  # noqa: ANN401 - what __table_args__ takes.
    """Return table arguments: the constraints given, and STRICT on SQLite."""
    return (*constraints, {"sqlite_strict": True})


def one_of(column: str, values: Sequence[str]) -> CheckConstraint:
    """Let the database refuse any text that is not one of the values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def lifecycle(kind: type[Status]) -> CheckConstraint:
    """Let the database refuse a status that the lifecycle does not know."""
    return one_of("status", [state.value for state in kind])


def once_where(name: str, columns: Sequence[str], condition: str) -> Index:
    """Let the database refuse a second row of equal columns among those that meet a condition."""
    where = sql(condition)
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


def where_filled(table: str, column: str) -> Index:
    """Find rows by a key that few of them have; those without one are in no index."""
    where = sql(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", column, sqlite_where=where, postgresql_where=where)


def text(**options: Any) -> Any:  # noqa: ANN401 - as SQLModel's own Field.
    """Return a text column."""
    return Field(sa_type=Text, **options)


def whole(**options: Any) -> Any:  # noqa: ANN401 - as SQLModel's own Field.
    """Return a 64-bit integer column."""
    return Field(sa_type=Whole, **options)


def day(**options: Any) -> Any:  # noqa: ANN401 - as SQLModel's own Field.
    """Return a business-date column."""
    return Field(sa_type=Day, **options)


def instant(**options: Any) -> Any:  # noqa: ANN401 - as SQLModel's own Field.
    """Return a UTC-instant column."""
    return Field(sa_type=Instant, **options)


def link(target: str, *, optional: bool = False, unique: bool = False, led: bool = False) -> Any:  # noqa: ANN401 - as Field.
    """Return an indexed foreign key to another row's id.

    `led`: it has no index of its own, as a unique constraint of the table begins with it, or as
    its rows are found another way.
    """
    return Field(
        default=None if optional else ...,
        sa_column=Column(
            Whole,
            ForeignKey(f"{target}.id"),
            nullable=optional,
            index=not led,
            unique=unique or None,
        ),
    )
