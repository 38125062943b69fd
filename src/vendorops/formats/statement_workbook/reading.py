"""Sheets of a workbook as the rows of a statement."""

from collections.abc import Iterable, Iterator

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.delimited import BadTable
from vendorops.formats._statement.reading import Statement
from vendorops.formats._statement.refusing import BadStatement, UnsafeStatement, cell
from vendorops.formats._statement.rows import Table, TableRow, check_size, within_limits
from vendorops.spreadsheets import is_workbook, sheets_of
from vendorops.spreadsheets.xlsx import Cell

REASONS = {
    "macros": "E_XLSX_MACRO",
    "other files": "E_XLSX_LINK",
    "password": "E_XLSX_LOCKED",
    "entities": "E_XLSX_ENTITY",
    "unpacks": "E_XLSX_LIMIT",
    "reaches": "E_XLSX_LIMIT",
    "too many": "E_XLSX_LIMIT",
    "archive": "E_XLSX_NESTED",
}
"""Codes by a word of the sentence with which a workbook is refused."""
HARMLESS = ("E_XLSX_LOCKED", "E_XLSX_BROKEN")


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell by a look at its parts whether the file is a workbook."""
    return is_workbook(data)


def read(data: bytes) -> ClaimDocument:
    """Return what the statement says; refused when it is broken or contradicts itself."""
    return opened(data).read()


def opened(data: bytes) -> Statement:
    """Return the rows of every sheet; refused when the workbook is unsafe or broken."""
    check_size(data)
    try:
        tables = [
            Table(tuple(within_limits(_rows(rows))), sheet, ragged=True)
            for sheet, rows in sheets_of(data)
        ]
    except BadStatement:
        raise
    except BadTable as refusal:
        said = str(refusal)
        code = next((code for word, code in REASONS.items() if word in said), "E_XLSX_BROKEN")
        kind = BadStatement if code in HARMLESS else UnsafeStatement
        raise kind(code, said) from refusal
    return Statement("statement_workbook", tables)


def _rows(rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[TableRow]:
    for number, cells in rows:
        while cells and not cells[-1][0].strip() and not cells[-1][1]:
            cells.pop()
        kinds = {at: kind for at, (_, kind) in enumerate(cells) if kind}
        at = next((at for at, kind in kinds.items() if kind.endswith("rounded")), None)
        if at is not None:
            what = "the number has more digits than a spreadsheet keeps; store it as text"
            raise cell("E_XLSX_ROUNDED", number, str(at + 1), what)
        yield TableRow(
            number,
            tuple(text.strip() for text, _ in cells),
            frozenset(at for at, kind in kinds.items() if kind.endswith("number")),
            frozenset(at for at, kind in kinds.items() if kind.startswith("formula")),
        )
