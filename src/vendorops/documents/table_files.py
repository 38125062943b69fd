"""Writes tables of text as a workbook or as CSV: the same cells always give the same bytes."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO, StringIO

import xlsxwriter

from vendorops.documents.workbooks import guarded

Tables = Mapping[str, Sequence[Sequence[str]]]
"""The rows of each sheet, headings first."""
AT_MIDNIGHT = time(tzinfo=UTC)
NARROWEST, WIDEST = 10, 40
WIDE_FROM = 0x2E80
"""Where the characters begin that take the room of two."""


def _workbook(tables: Tables, day: date) -> bytes:
    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"created": datetime.combine(day, AT_MIDNIGHT)})
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for at in range(len(rows[0])):
                longest = max(_width(row[at]) for row in rows)
                sheet.set_column(at, at, min(max(longest + 2, NARROWEST), WIDEST), text)
            for number, row in enumerate(rows):
                for at, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, at, cell, text if number else head)
            sheet.freeze_panes(1, 0)
    return data.getvalue()


def _width(text: str) -> int:
    """Return the room of a text; Chinese characters take that of two."""
    return sum(2 if ord(letter) > WIDE_FROM else 1 for letter in text)


def _csv(tables: Tables, _day: date) -> bytes:
    text = StringIO(newline="")
    for rows in tables.values():
        csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")  # By the mark, spreadsheets know it is UTF-8.


WRITERS: dict[str, Callable[[Tables, date], bytes]] = {"xlsx": _workbook, "csv": _csv}
"""By what a layout says that its file is."""
