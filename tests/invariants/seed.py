"""One way to break the books of the story, told in SQL."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seed:
    """A violation: what it breaks, what was done, and who else must notice."""

    code: str
    what: str
    statements: tuple[str, ...]
    kin: frozenset[str]
    """Invariants that look at the same fact from another side."""


def seed(code: str, what: str, *statements: str, kin: str = "") -> Seed:
    """Return a seed; its kin are given as codes between blanks."""
    return Seed(code, what, statements, frozenset(kin.split()))


def copied(table: str, where: str, change: str) -> tuple[str, str]:
    """Return SQL that enters a copy of one row under a new key and changes it."""
    newest = f"rowid = (SELECT max(rowid) FROM {table})"  # noqa: S608 - of these tests.
    return (
        f"INSERT INTO {table} SELECT * FROM {table} WHERE {where} LIMIT 1",  # noqa: S608 - as above.
        f"UPDATE {table} SET id = id + 1, {change} WHERE {newest}",  # noqa: S608 - as above.
    )


def changed(table: str, change: str, where: str = "1") -> str:
    """Return SQL that changes the first row of those that meet a condition."""
    return f"UPDATE {table} SET {change} WHERE {_first(table, where)}"  # noqa: S608 - as above.


def removed(table: str, where: str = "1") -> str:
    """Return SQL that removes the first row of those that meet a condition."""
    return f"DELETE FROM {table} WHERE {_first(table, where)}"  # noqa: S608 - as above.


def _first(table: str, where: str) -> str:
    return f"id = (SELECT min(id) FROM {table} WHERE {where})"  # noqa: S608 - as above.
