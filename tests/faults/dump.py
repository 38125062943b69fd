"""Writes books down so that two can be compared: every row, nothing that differs by chance.

Left out are minted keys, instants, random nonces and the hashes of the chain. A key of another row
is written as that row's reference or content. Questions are named by what they ask: their numbers
follow the order in which people were asked, which a broken run may change; that each series of
numbers is the same and gapless is written down apart.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel

from vendorops.books import Books

BY_CHANCE = {
    "event": {"seq", "at", "previous", "hash"},
    "loghead": {"hash"},
    "vaultentry": {"nonce", "ciphertext"},
    "decision": {"answered_at"},
    "rowblock": {"content_sha256"},  # Of rows with their keys; the rows are compared themselves.
    "watchindex": {"entries", "names"},  # Keys, and what is made from the entries.
}
QUESTION = re.compile(r"DEC-\d{4}-\d{6}")
Dump = dict[str, list[str]]


def dump(books: Books) -> Dump:
    """Return every row of every table, and every file laid out or kept, as sorted text."""
    folders = {"documents": books.settings.documents, "outgoing": books.settings.outgoing}
    written = _Written(books.session.connection())
    return written.tables() | {name: _files(folder) for name, folder in folders.items()}


def differences(expected: Dump, found: Dump) -> list[str]:
    """Return the lines that only one of two books has."""
    return [
        f"{sign} {table} {line}"
        for table in sorted(expected.keys() | found.keys())
        for sign, mine, other in (
            ("-", expected.get(table, []), found.get(table, [])),
            ("+", found.get(table, []), expected.get(table, [])),
        )
        for line in _left(mine, other)
    ]


def _left(mine: list[str], other: list[str]) -> list[str]:
    return list((Counter(mine) - Counter(other)).elements())


def _files(folder: Path) -> list[str]:
    """Return names and content; a document that was being written when the process ended is none.

    Names of documents are hashes of their content, so the names suffice.
    """
    files = (path for path in folder.rglob("*") if path.is_file())
    kept = folder.name == "documents"
    return sorted(
        path.name if kept else f"{path.name} {path.read_bytes()!r}"
        for path in files
        if not (kept and path.suffix == ".part")
    )


class _Written:
    """The rows of all tables, to be looked up by key while they are written down."""

    def __init__(self, connection: Connection) -> None:
        self.all: dict[str, Table] = dict(SQLModel.metadata.tables)
        self.rows: dict[str, dict[int, Mapping[str, Any]]] = {
            name: {row["id"]: dict(row) for row in connection.execute(select(table)).mappings()}
            for name, table in self.all.items()
        }

    def tables(self) -> Dump:
        written = {
            name: sorted(self._renamed(self._line(name, row)) for row in rows.values())
            for name, rows in self.rows.items()
        }
        return written | {"references": sorted(self._references())}

    def _references(self) -> list[str]:
        rows = (row for rows in self.rows.values() for row in rows.values())
        return [str(row["reference"]) for row in rows if "reference" in row]

    def _renamed(self, line: str) -> str:
        return QUESTION.sub(lambda found: self._questions[found[0]], line)

    @cached_property
    def _questions(self) -> dict[str, str]:
        return {
            row["reference"]: f"{row['kind']} of {row['subject_reference']}"
            for row in self.rows["decision"].values()
        }

    def _line(self, table: str, row: Mapping[str, Any]) -> str:
        left_out = BY_CHANCE.get(table, set()) | {"id"}
        if row.get("action") == "entered":
            left_out |= {"content_sha256"}  # Of a row with its keys; the row is compared itself.
        shown = {name: self._shown(table, name, row) for name in row if name not in left_out}
        return json.dumps(shown, ensure_ascii=False, sort_keys=True)

    def _shown(self, table: str, column: str, row: Mapping[str, Any]) -> object:
        value = row[column]
        if table == "rowblock" and column == "first_id":
            return self._name(row["of_table"], value)
        told = row.get(f"{column.removesuffix('_id')}_table")  # Such as subject_id, source_id.
        if told and column.endswith("_id"):
            return self._name(told, value)
        for link in self.all[table].c[column].foreign_keys:
            if link.column.name == "id" and value is not None:
                return self._name(link.column.table.name, value)
        return value.isoformat() if isinstance(value, date) else value

    def _name(self, table: str, ident: int) -> str:
        row = self.rows[table].get(ident)
        if row is None:
            return "nothing"
        return str(row["reference"]) if "reference" in row else self._line(table, row)
