"""The sheets of a binary workbook (XLS, Excel 97 to 2003), read by calamine.

Its parts have no names that could be looked up without opening it, so macros and links to other
files are told by the bytes that begin them. Formulas are read as the values they had.
"""

import re
from collections.abc import Iterator
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from vendorops.domain.delimited import BadTable
from vendorops.spreadsheets.xlsx import Cell, cell_of

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Of a compound file: binary workbooks, and newer ones behind a password."""
MACROS = "_VBA_PROJECT".encode("utf-16-le")
LOCKED = "EncryptedPackage".encode("utf-16-le")
LINK = re.compile(rb"\xae\x01..[\x00-\xff]\x00[\x00-\xff]\x00[\x00\x01]\x01", re.DOTALL)
"""A SupBook record whose path is encoded: another workbook, and not this one or an add-in."""


def recognises(data: bytes) -> bool:
    """Tell by a cheap look whether a file may be one."""
    return data.startswith(MAGIC)


def sheets_of(data: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[Cell]]]]]:
    """Yield name and rows of each sheet; refused with macros, links or a password."""
    if LOCKED in data:
        raise BadTable("the workbook asks for a password; save it without one")
    if MACROS in data:
        raise BadTable("the workbook has macros; save it as .xlsx without them")
    if LINK.search(data):
        raise BadTable("the workbook takes values from other files; break its links and save it")
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names:
            yield name, _rows(book, name)
    except PasswordError:
        raise BadTable("the workbook asks for a password; save it without one") from None
    except CalamineError:
        raise BadTable("the workbook is broken; open it and save it again as .xlsx") from None


def _rows(book: CalamineWorkbook, name: str) -> Iterator[tuple[int, list[Cell]]]:
    sheet = book.get_sheet_by_name(name)
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield number, [cell_of(value) for value in values]
