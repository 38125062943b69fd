"""Reads time in bulk from CSV or XLSX: one line an order, day and kind; every cell is text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vendorops.domain.delimited import BadTable, decoded, header_of, records
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.stages.timesheets.judging import Claim

COLUMNS = ("work_order", "day", "kind", "quantity")
LARGEST = 64 * 2**20
"""Bytes of a CSV file; some million lines."""
ARCHIVE = b"PK\x03\x04"
SAID = {
    "formula": "is a formula, which is not evaluated; type its value",
    "rounded": "is a number that lost digits; format the column as text and type it again",
    "long": "is longer than any field; shorten it",
}


@dataclass
class Read:
    """The lines of a file, and those that cannot even be read."""

    claims: list[Claim] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)


def read_file(data: bytes) -> Read:
    """Return the lines of a file; refused as a whole where it is no such table.

    A workbook is opened in a limited child process. Line numbers are those that people see.
    """
    if data.startswith(ARCHIVE):
        return _workbook(data)
    if len(data) > LARGEST:
        raise BadTable(f"the file is larger than {LARGEST // 2**20} MiB; split it")
    text = decoded(data)
    header = header_of(text, lambda names: sum(_name(name) in COLUMNS for name in names))
    at = places(header.names)
    read = Read()
    one, two, three, four = at
    width = len(header.names)
    rows = enumerate(records(text, header.delimiter or ","), start=1)
    for number, cells in rows:
        if number <= header.row or not any(cells):
            continue
        if len(cells) != width:
            read.faults[number] = f"has {len(cells)} cells under {width} columns; correct the line"
            continue
        read.claims.append((number, cells[one], cells[two], cells[three], cells[four]))
    return read


def places(names: Sequence[str]) -> tuple[int, int, int, int]:
    """Return where the columns stand; refused where one is missing, there twice or unknown."""
    found = [_name(name) for name in names]
    unknown = [name for name in found if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in found]
    if unknown or missing or len(set(found)) != len(found):
        raise BadTable(
            f"the columns of time are {', '.join(COLUMNS)}, each once; the file has"
            f" {', '.join(map(repr, found[:10])) or 'none'}"
        )
    one, two, three, four = (found.index(name) for name in COLUMNS)
    return one, two, three, four


def _name(text: str) -> str:
    return text.strip().casefold()


def _workbook(data: bytes) -> Read:
    sheets = read_sheets(data, COLUMNS)
    rows = sheets[0].rows if sheets else ()
    if not rows:
        raise BadTable("the workbook is empty; fill in its first sheet")
    at, read = places(rows[0].cells), Read()
    for row in rows[1:]:
        faults = [
            f"column {COLUMNS[at.index(column)]} {SAID[kind]}"
            for column, kind in row.kinds.items()
            if kind in SAID and column in at
        ]
        if faults or len(row.cells) > len(at):
            read.faults[row.number] = "; ".join(faults) or "has a cell under no column; empty it"
            continue
        read.claims.append((row.number, *_cells(row.cells, at)))
    return read


def _cells(cells: Sequence[str], at: Iterable[int]) -> tuple[str, str, str, str]:
    one, two, three, four = (cells[place] if place < len(cells) else "" for place in at)
    return one, two, three, four
