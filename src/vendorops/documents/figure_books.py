"""Workbooks of figures: amounts are numbers, days are days, and no cell is a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vendorops.domain.money import Money, exponent

EXACT_DIGITS = 15
"""Digits a number of a spreadsheet keeps; what is longer is written as text, not cut off."""
NARROWEST, WIDEST = 9, 68
"""Characters of a column."""
LOOKED_AT = 200
"""Rows by which the width of a column is chosen."""
WIDE = 0x2E80
"""Characters from here on take the room of two."""
Cell = str | int | Decimal | Money | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its columns, its rows, and how many columns stay in sight."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    frozen: int = 1


def figure_book(title: str, day: date, sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook; the same sheets, title and day give the same bytes."""
    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"created": _naive(day), "title": title})
        styles = _Styles(book)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, styles)
    return data.getvalue()


class _Styles:
    """The few looks of a cell, made once for a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        top = {"valign": "top"}
        head = {**top, "bold": True, "bg_color": "#E8EDF3", "bottom": 1}
        self.head = book.add_format({**head, "indent": 1})
        self.figures = book.add_format({**head, "align": "right"})
        self.text = book.add_format({**top, "num_format": "@", "text_wrap": True, "indent": 1})
        self.code = book.add_format({**top, "num_format": "@", "indent": 1})
        self.day = book.add_format(
            {**top, "num_format": "yyyy-mm-dd", "align": "left", "indent": 1}
        )
        self.number = book.add_format({"num_format": "#,##0.####", "valign": "top"})
        self.money: dict[int, Format] = {}

    def amount(self, currency: str) -> Format:
        places = exponent(currency)
        if places not in self.money:
            decimals = f".{'0' * places}" if places else ""
            look = {"num_format": f"#,##0{decimals};[Red]-#,##0{decimals}", "valign": "top"}
            self.money[places] = self.book.add_format(look)
        return self.money[places]


def _write(sheet: Worksheet, of: Sheet, styles: _Styles) -> None:
    for at, name in enumerate(of.columns):
        numbers = any(not isinstance(row[at], str | date | None) for row in of.rows)
        sheet.write_string(0, at, name, styles.figures if numbers else styles.head)
        sheet.set_column(at, at, _width(of, at))
    for number, row in enumerate(of.rows, start=1):
        for at, cell in enumerate(row):
            _put(sheet, (number, at), cell, styles)
    sheet.freeze_panes(1, of.frozen)
    sheet.autofilter(0, 0, max(len(of.rows), 1), len(of.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _put(sheet: Worksheet, where: tuple[int, int], cell: Cell, styles: _Styles) -> None:
    if isinstance(cell, Money):
        _number(sheet, where, Decimal(cell.text), styles.amount(cell.currency))
    elif isinstance(cell, date):
        sheet.write_datetime(*where, _naive(cell), styles.day)
    elif isinstance(cell, int | Decimal):
        _number(sheet, where, Decimal(cell), styles.number)
    elif cell:
        sheet.write_string(*where, cell, styles.text if " " in cell else styles.code)


def _naive(day: date) -> datetime:
    """Return a day as spreadsheets know it: an instant that has no zone."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)


def _number(sheet: Worksheet, where: tuple[int, int], number: Decimal, style: Format) -> None:
    if len(number.as_tuple().digits) > EXACT_DIGITS:
        sheet.write_string(*where, f"{number:,}")
    else:
        sheet.write_number(*where, float(number), style)


def _width(of: Sheet, at: int) -> int:
    cells = (of.columns[at], *(row[at] for row in of.rows[:LOOKED_AT]))
    longest = max(_room(str(cell)) for cell in cells if cell is not None)
    return min(max(longest + 3, NARROWEST), WIDEST)


def _room(text: str) -> int:
    return sum(2 if ord(letter) >= WIDE else 1 for letter in text)
