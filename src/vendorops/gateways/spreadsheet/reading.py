"""What runs in the child: the bytes of a spreadsheet as cells of text, within limits."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from vendorops.domain.delimited import BadTable, decoded, header_of, records
from vendorops.spreadsheets.xlsx import sheets_of

LARGEST = 20 * 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 4000
ARCHIVE = b"PK\x03\x04"
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""How the older binary workbooks begin, and newer ones that ask for a password."""
OTHERS = (b"%PDF", b"<", b"{\\rtf", b"\x89PNG", b"\xff\xd8", b"\x1f\x8b", b"7z\xbc", b"Rar!")

Cell = tuple[str, str]
"""Text and what the cell was: nothing for text."""


def answer(framed: bytes) -> dict[str, Any]:
    """Read a file that follows a line with the names of columns the caller knows."""
    line, _, data = framed.partition(b"\n")
    if len(data) > LARGEST:
        raise BadTable(f"the file is larger than {LARGEST // 2**20} MiB; split it")
    if data.startswith(ARCHIVE):
        return {"sheets": [_sheet(name, rows) for name, rows in sheets_of(data)]}
    if data.startswith(OLD_OR_LOCKED):
        raise BadTable(
            "the workbook is protected by a password or of the old binary kind; save it as .xlsx "
            "without a password"
        )
    if data.lstrip().startswith(OTHERS):
        raise BadTable("the file is neither a workbook nor a CSV; send it as .xlsx or CSV UTF-8")
    return {"sheets": [_sheet("", _delimited(data, frozenset(json.loads(line))))]}


def _delimited(data: bytes, roots: frozenset[str]) -> Iterable[tuple[int, list[Cell]]]:
    def known(names: Sequence[str]) -> int:
        return sum(name.strip().partition(".")[0].casefold() in roots for name in names)

    text = decoded(data)
    header = header_of(text, known)
    for number, cells in enumerate(records(text, header.delimiter or ","), start=1):
        yield number, [_typed(cell) for cell in cells]


def _typed(cell: str) -> Cell:
    """Return a cell of a CSV file; one that begins like a formula is one."""
    return (cell, "formula" if cell.lstrip().startswith("=") else "")


def _sheet(name: str, rows: Iterable[tuple[int, list[Cell]]]) -> dict[str, Any]:
    read = []
    for number, cells in rows:
        while cells and not cells[-1][0].strip() and not cells[-1][1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise BadTable(
                f"{_where(name)}row {number} has more than {MOST_COLUMNS} columns; take out what "
                "is not needed"
            )
        if any(text.strip() or kind for text, kind in cells):
            read.append(_row(number, cells))
        if len(read) > MOST_ROWS:
            raise BadTable(f"{_where(name)}there are more than {MOST_ROWS} rows; split the file")
    return {"name": name, "rows": read}


def _where(name: str) -> str:
    return f"sheet {name}: " if name else ""


def _row(number: int, cells: list[Cell]) -> dict[str, Any]:
    kinds = {at: _kind(cell) for at, cell in enumerate(cells) if _kind(cell)}
    texts = ["" if kinds.get(at) in ("formula", "long") else text.strip()
             for at, (text, _) in enumerate(cells)]  # fmt: skip
    return {"number": number, "cells": texts, "kinds": kinds}


def _kind(cell: Cell) -> str:
    text, kind = cell
    return kind.partition(" ")[0] or ("long" if len(text) > LONGEST_CELL else "")
