"""The sheets of an XLSX workbook: looked over as an archive first, then read by calamine.

calamine gives the value that a formula had when the file was saved, and holds a sheet as one
block from its first to its last cell; so formulas and far-away cells are looked for before.
"""

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO
from posixpath import join, normpath
from zipfile import BadZipFile, ZipFile

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from vendorops.domain.delimited import BadTable

MOST_MEMBERS = 1000
MOST_SHEETS = 30
MOST_CELLS = 4_000_000
"""Of one sheet, counted as the block from its first to its last cell."""
UNPACKED = 200 * 2**20
RATIO = 100
"""Most bytes that one packed byte may stand for; sheets of text reach thirty."""
SMALL = 2**20
"""Bytes up to which a workbook may be packed as tightly as it likes."""
ARCHIVE, WORKBOOK = b"PK\x03\x04", "xl/workbook.xml"
END, END_WITHIN = b"PK\x05\x06", 22 + 2**16
"""How the last record of an archive begins, and how near the end it stands (APPNOTE 4.3.16)."""
LINKS = "xl/externallinks/"
"""Where a workbook keeps what it took from other files."""
MACROS, ARCHIVES = "vbaproject.bin", (".zip", ".xlsx", ".xlsm", ".docx", ".jar", ".7z", ".rar")
EXACT_BELOW = 10**15
"""Spreadsheets keep fifteen digits of a number."""

PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
SHEET, RELATION = "{*}sheets/{*}sheet", "{*}Relationship"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Cell = tuple[str, str]
"""Text, and what the cell was: `number`, `rounded`, or nothing for text; a formula that gave such
a value is `formula number`, `formula rounded` or `formula`."""


def recognises(data: bytes) -> bool:
    """Tell by a look at its directory whether a file is one: it names the part that all have."""
    if not data.startswith(ARCHIVE) or members_of(data) > MOST_MEMBERS:
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            return WORKBOOK in archive.namelist()
    except (BadZipFile, NotImplementedError, ValueError):
        return False


def members_of(data: bytes) -> int:
    """Return how many members an archive says it has, without reading its directory."""
    end = data.rfind(END, -END_WITHIN)
    return int.from_bytes(data[end + 10 : end + 12], "little") if end >= 0 else 0


def sheets_of(data: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[Cell]]]]]:
    """Yield the visible name and the rows of each sheet; refused when the archive is unsafe."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            check_archive(archive, len(data))
            parts = _parts(archive)
            formulas = {name: _formulas(name, archive.read(path)) for name, path in parts.items()}
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in parts:
            yield name, _rows(book, name, formulas[name])
    except PasswordError:
        raise BadTable("the workbook asks for a password; save it without one") from None
    except (BadZipFile, CalamineError, KeyError, etree.XMLSyntaxError, NotImplementedError):
        raise BadTable("the workbook is broken; open it and save it again as .xlsx") from None


def check_archive(archive: ZipFile, packed: int) -> None:
    """Refuse a workbook by the parts it is packed of, before any of them is unpacked."""
    members = archive.infolist()
    names = [member.filename.casefold() for member in members]
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or len(set(names)) < len(names):
        raise BadTable("the workbook holds too many parts, or two of one name; save it again")
    if unpacked > UNPACKED or (unpacked > SMALL and unpacked > RATIO * packed):
        raise BadTable(
            f"the workbook unpacks to {unpacked // 2**20} MiB, more than a form needs; send the "
            "rows alone"
        )
    if any(name.endswith(MACROS) for name in names):
        raise BadTable("the workbook has macros; save it as .xlsx without them")
    if any(name.startswith(LINKS) for name in names):
        raise BadTable("the workbook takes values from other files; break its links and save it")
    if any(name.endswith(ARCHIVES) for name in names):
        raise BadTable("the workbook holds another archive; take it out")


def _tree(archive: ZipFile, path: str) -> etree._Element:
    data = archive.read(path)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadTable("the workbook declares entities of its own; save it again as .xlsx")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _parts(archive: ZipFile) -> dict[str, str]:
    """Return the path of each worksheet in the archive by its name."""
    relations = _tree(archive, "xl/_rels/workbook.xml.rels").iterfind(RELATION)
    targets = {str(one.get("Id")): str(one.get("Target")) for one in relations}
    sheets = list(_tree(archive, "xl/workbook.xml").iterfind(SHEET))
    if not sheets or len(sheets) > MOST_SHEETS:
        raise BadTable(f"the workbook has {len(sheets)} sheets; send 1 to {MOST_SHEETS}")
    return {
        str(sheet.get("name")): normpath(join("/xl", targets[str(sheet.get(LINK))])).lstrip("/")
        for sheet in sheets
    }


def _formulas(name: str, xml: bytes) -> set[tuple[int, int]]:
    """Return row and column, from one, of each formula; refused where a sheet is too wide."""
    if b"<!DOCTYPE" in xml[:SMALL]:
        raise BadTable("the workbook declares entities of its own; save it again as .xlsx")
    places = [_place(found) for found in PLACE.finditer(xml)]
    last_row = max((row for row, _ in places), default=0)
    last_column = max((column for _, column in places), default=0)
    if last_row * last_column > MOST_CELLS:
        raise BadTable(
            f"sheet {name} reaches to row {last_row} and column {last_column}; delete what lies "
            "outside the table, or split it"
        )
    if not FORMULA.search(xml):
        return set()
    return {
        _place(found)
        for _, cell in etree.iterparse(BytesIO(xml), tag="{*}c", resolve_entities=False)
        if cell.find("{*}f") is not None and (found := PLACE.match(_reference(cell)))
    }


def _reference(cell: etree._Element) -> bytes:
    return f'r="{cell.get("r")}"'.encode()


def _place(found: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(found[2]), column


def _rows(
    book: CalamineWorkbook, name: str, formulas: set[tuple[int, int]]
) -> Iterator[tuple[int, list[Cell]]]:
    table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for number, values in enumerate(table, start=1):
        cells = [cell_of(value) for value in values]
        yield number, cells if not formulas else _marked(number, cells, formulas)


def _marked(number: int, cells: list[Cell], formulas: set[tuple[int, int]]) -> list[Cell]:
    return [
        (text, f"formula {kind}".strip() if (number, column) in formulas else kind)
        for column, (text, kind) in enumerate(cells, start=1)
    ]


def cell_of(value: object) -> Cell:
    """Return a value as text; a number keeps the fifteen digits that the spreadsheet kept.

    >>> cell_of("0042"), cell_of(46.5), cell_of(6222021002012345679.0)
    (('0042', ''), ('46.5', 'number'), ('', 'rounded'))
    """
    if isinstance(value, str):
        return value, ""
    if isinstance(value, bool):
        return str(value).lower(), ""
    if isinstance(value, int | float):
        text = f"{value:.15g}"
        lost = abs(value) >= EXACT_BELOW or "e" in text
        return ("", "rounded") if lost else (text, "number")
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat(), ""
    return str(value), ""
