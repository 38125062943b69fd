"""Reads a sheet of known columns as rows of text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vendorops.domain.delimited import HEADER_WITHIN, BadTable
from vendorops.gateways.spreadsheet import Sheet, SheetRow

EXAMPLE = "example"
"""A first cell that says so marks a row that only shows how rows are filled in."""


UNREADABLE = ("formula", "rounded", "long")
"""What a cell may be that does not say what it shows."""


@dataclass(frozen=True)
class Filled:
    """One row as it was filled in."""

    number: int
    """As the spreadsheet counts."""
    cells: Mapping[str, str]
    """Text by column; empty where nothing is there."""
    fault: str = ""
    """What is wrong with a cell, whatever it says."""


def rows_of(sheets: Sequence[Sheet], columns: Sequence[str]) -> Iterator[Filled]:
    """Return the rows of a file of one sheet.

    Refused where there are several, no row of column names, or one that is not known or is there
    twice.
    """
    if len(sheets) != 1:
        raise BadTable(f"the file has {len(sheets)} sheets; send the one with the rows alone")
    sheet = sheets[0]
    header = _header(sheet, columns)
    names = [name.strip().casefold() for name in header.cells]
    unknown = [name for name in names if name and name not in columns]
    twice = {name for name in names if name and names.count(name) > 1}
    if unknown or twice:
        said = ", ".join([*dict.fromkeys(unknown), *sorted(twice)])
        raise BadTable(
            f"row {header.number}: the columns {said[:200]} are not known or there twice; the"
            f" columns are {', '.join(columns)}"
        )
    for row in sheet.rows:
        if row.number > header.number and row.cells[:1] != (EXAMPLE,):
            yield _filled(row, names, columns)


def _header(sheet: Sheet, columns: Sequence[str]) -> SheetRow:
    def known(row: SheetRow) -> int:
        return sum(cell.strip().casefold() in columns for cell in row.cells)

    found = max(
        (row for row in sheet.rows if row.number <= HEADER_WITHIN), key=known, default=None
    )
    if found is None or not known(found):
        raise BadTable(f"the file has no row of column names; they are {', '.join(columns)}")
    return found


def _filled(row: SheetRow, names: Sequence[str], columns: Sequence[str]) -> Filled:
    cells = dict.fromkeys(columns, "")
    cells |= {name: cell for name, cell in zip(names, row.cells, strict=False) if name}
    wrong = (_fault(at, kind, names) for at, kind in row.kinds.items() if kind in UNREADABLE)
    return Filled(row.number, cells, next(wrong, ""))


def _fault(at: int, kind: str, names: Sequence[str]) -> str:
    where = names[at] if at < len(names) else str(at + 1)
    return f"column {where}: the cell is {kind}; type its value as text"
