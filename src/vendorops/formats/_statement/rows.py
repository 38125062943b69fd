"""Rows of cells, as a CSV file or a sheet of a workbook has them, within limits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vendorops.formats._statement.refusing import BadStatement, cell

LARGEST = 20 * 2**20
"""Bytes."""
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 4000


@dataclass(frozen=True)
class TableRow:
    """One row that is not blank."""

    number: int
    """As a spreadsheet counts, the first row being one."""
    cells: tuple[str, ...]
    typed: frozenset[int] = frozenset()
    """Cells that are numbers to the spreadsheet itself, so that their decimals are certain."""
    formulas: frozenset[int] = frozenset()
    """Cells that held a formula; what they show is the value it had when the file was saved."""

    def cell(self, at: int) -> str:
        """Return a cell; beyond the last one there is nothing."""
        return self.cells[at] if at < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """All rows of one sheet."""

    rows: tuple[TableRow, ...]
    sheet: str = ""
    """The name of the sheet; nothing for CSV."""
    ragged: bool = False
    """Whether rows may be shorter than the header, as in workbooks; in CSV that is a mistake."""


def check_size(data: bytes) -> None:
    """Refuse a file that no statement needs to be."""
    if not data.strip():
        raise BadStatement("E_STATEMENT_EMPTY", "the file is empty; send it again")
    if len(data) > LARGEST:
        raise BadStatement(
            "E_STATEMENT_LIMIT",
            f"the file has {len(data)} bytes, more than {LARGEST}; split it",
        )


def within_limits(rows: Iterable[TableRow]) -> Iterator[TableRow]:
    """Hand rows on that hold anything; refused where there are too many, or too much in one."""
    for count, row in enumerate(rows):
        if count >= MOST_ROWS + MOST_COLUMNS:  # A title and a header may stand above the lines.
            raise BadStatement(
                "E_STATEMENT_LIMIT", f"the file has more than {MOST_ROWS} rows; split it"
            )
        if len(row.cells) > MOST_COLUMNS:
            raise BadStatement(
                "E_STATEMENT_LIMIT",
                f"row {row.number} has {len(row.cells)} columns, more than {MOST_COLUMNS}",
            )
        if any(row.cells):
            _check_cells(row)
            yield row


def _check_cells(row: TableRow) -> None:
    for at, text in enumerate(row.cells, start=1):
        if len(text) > LONGEST_CELL:
            what = f"more than {LONGEST_CELL} characters; shorten it"
            raise cell("E_STATEMENT_LIMIT", row.number, str(at), what)
