"""The sheets of an OpenDocument spreadsheet (ODS): looked over as an archive, read by calamine.

Values that formulas had when the file was saved are read as values.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from vendorops.domain.delimited import BadTable
from vendorops.spreadsheets.xlsx import Cell, cell_of, check_archive

MEDIA_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
"""What such a file begins with, behind the head of its first member."""
HEAD = 200
CONTENT = "content.xml"
MACROS = ("basic/", "scripts/")
LINK = re.compile(
    rb"<table:(table-source|cell-range-source)\b|table:formula=\"[^\"]*(file|https?):"
)
ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)")


def recognises(data: bytes) -> bool:
    """Tell by a cheap look whether a file is one."""
    return data.startswith(b"PK") and MEDIA_TYPE in data[:HEAD]


def sheets_of(data: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[Cell]]]]]:
    """Yield name and rows of each sheet; refused with macros, links or a password."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            check_archive(archive, len(data))
            names = [member.filename.casefold() for member in archive.infolist()]
            content = archive.read(CONTENT)
        _check(names, content)
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names:
            yield name, _rows(book, name)
    except PasswordError:
        raise BadTable("the workbook asks for a password; save it without one") from None
    except (BadZipFile, CalamineError, KeyError, NotImplementedError, RuntimeError):
        raise BadTable("the workbook is broken; open it and save it again as .xlsx") from None


def _check(names: list[str], content: bytes) -> None:
    if any(name.startswith(MACROS) for name in names):
        raise BadTable("the workbook has macros; save it as .xlsx without them")
    if LINK.search(content):
        raise BadTable("the workbook takes values from other files; break its links and save it")
    if ENTITIES.search(content):
        raise BadTable("the workbook declares entities of its own; save it again as .xlsx")


def _rows(book: CalamineWorkbook, name: str) -> Iterator[tuple[int, list[Cell]]]:
    table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for number, values in enumerate(table, start=1):
        yield number, [cell_of(value) for value in values]
