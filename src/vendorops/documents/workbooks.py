"""Writes tables for people to open in a spreadsheet: every cell is text, and none is a formula.

A cell that begins like a formula would be run by whoever opens the file. In a workbook it is
stored as text; in CSV, which knows no types, it gets an apostrophe in front.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vendorops.domain.refusal import Refused

FORMULA_STARTS = tuple("=+-@\t\r|%\uff1d\uff0b\uff0d\uff20")
"""What a cell must not begin with in CSV, the wide forms of Chinese keyboards among them."""
WIDEST, NARROWEST = 60, 10
"""Characters of a column."""
MOST_ROWS = 1_000
"""Rows below the header on which lists of choices are offered and text is expected."""
CHOICES = "choices"


class UnknownEnding(Refused):
    """The name of a file does not say as what it is to be written."""


@dataclass(frozen=True)
class Column:
    """What stands above a column and helps whoever fills it in."""

    name: str
    note: str = ""
    choices: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class Table:
    """One sheet."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)


def write_rows(path: Path, title: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows of the same names as the ending of a file asks: .xlsx, .csv or .json."""
    names = list(rows[0]) if rows else []
    cells = [[row[name] for name in names] for row in rows]
    if path.suffix == ".xlsx":
        path.write_bytes(workbook([Table(title, [Column(name) for name in names], cells)]))
    elif path.suffix == ".csv":
        path.write_bytes(_csv([names, *cells]))
    elif path.suffix == ".json":
        path.write_text(json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n", "utf-8")
    else:
        raise UnknownEnding(f"{path.name}: end the name in .xlsx, .csv or .json")


def check_ending(path: Path) -> None:
    """Refuse a name that `write_rows` would refuse, before any work is done."""
    if path.suffix not in (".xlsx", ".csv", ".json"):
        raise UnknownEnding(f"{path.name}: end the name in .xlsx, .csv or .json")


def guarded(text: str) -> str:
    """Return a cell of CSV that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")  # By the mark, spreadsheets know it is UTF-8.


def workbook(tables: Sequence[Table]) -> bytes:
    """Return a workbook of tables; lists of choices lie on a hidden sheet of their own."""
    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        styles = {
            "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            "head": book.add_format({"bold": True, "bg_color": "#E8EDF3", "bottom": 1}),
            "needed": book.add_format({"bold": True, "bg_color": "#FFF2CC", "bottom": 1}),
        }
        sheets = [book.add_worksheet(table.name) for table in tables]
        lists = _Lists()
        for sheet, table in zip(sheets, tables, strict=True):
            _write(sheet, table, styles, lists)
        if lists.columns:
            lists.write(book.add_worksheet(CHOICES))
    return data.getvalue()


def _write(sheet: Worksheet, table: Table, styles: dict[str, Format], lists: "_Lists") -> None:
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _width(table, at), styles["text"])
        sheet.write_string(0, at, column.name, styles["needed" if column.needed else "head"])
        if column.note:
            sheet.write_comment(0, at, column.note, {"x_scale": 2})
        if column.choices:
            offered = {"validate": "list", "source": lists.place(column.choices)}
            sheet.data_validation(1, at, MOST_ROWS, at, offered)
    for number, row in enumerate(table.rows, start=1):
        for at, text in enumerate(row):
            if text:
                sheet.write_string(number, at, text, styles["text"])
    sheet.freeze_panes(1, 1)
    if table.columns:
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)


def _width(table: Table, at: int) -> int:
    """Return the width of a column; Chinese characters take the room of two."""
    texts = [table.columns[at].name, *(row[at] for row in table.rows[:100] if at < len(row))]
    longest = max(sum(2 if ord(letter) > 0x2E80 else 1 for letter in text) for text in texts)  # noqa: PLR2004 - where wide characters begin.
    return min(max(longest + 4, NARROWEST), WIDEST)


class _Lists:
    """Lists of choices, each once, as columns of a hidden sheet."""

    def __init__(self) -> None:
        self.columns: list[tuple[str, ...]] = []

    def place(self, choices: tuple[str, ...]) -> str:
        """Return where a list lies, as a rule of a cell names it."""
        if choices not in self.columns:
            self.columns.append(choices)
        letter = xlsxwriter.utility.xl_col_to_name(self.columns.index(choices))
        return f"={CHOICES}!${letter}$1:${letter}${len(choices)}"

    def write(self, sheet: Worksheet) -> None:
        """Write all lists."""
        for at, choices in enumerate(self.columns):
            for number, choice in enumerate(choices):
                sheet.write_string(number, at, choice)
        sheet.hide()
