"""Makes the older kinds of workbooks, byte by byte: ODS, and XLS in its compound file."""

import struct
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MANIFEST = (
    "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
    f"<manifest:file-entry manifest:full-path='/' manifest:media-type='{MEDIA_TYPE}'/>"
    "</manifest:manifest>"
)
SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ods(rows, inside="", **members):
    """An ODS of text and numbers; `inside` is put among the sheets as it is."""
    body = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f"<?xml version='1.0'?><office:document-content {NAMES}><office:body>"
        f"<office:spreadsheet><table:table table:name='a'>{body}</table:table>{inside}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as made:
        made.writestr("mimetype", MEDIA_TYPE, ZIP_STORED)
        made.writestr("content.xml", content)
        made.writestr("META-INF/manifest.xml", MANIFEST)
        for name, extra in members.items():
            made.writestr(name.replace("__", "/"), extra)
    return data.getvalue()


def _cell(value):
    if isinstance(value, str):
        return (
            "<table:table-cell office:value-type='string'>"
            f"<text:p>{escape(value)}</text:p></table:table-cell>"
        )
    return f"<table:table-cell office:value-type='float' office:value='{value}'/>"


def xls(rows, *records):
    """An XLS of one sheet; further records of its globals may be given as kind and content."""
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    name = b"\x01\x00a"
    globals_before = _record(0x809, begin) + b"".join(_record(*each) for each in records)
    length = len(globals_before) + len(_record(0x85, bytes(6) + name)) + 4
    sheet_at = struct.pack("<IBB", length, 0, 0)
    globals_ = globals_before + _record(0x85, sheet_at + name) + _record(0x0A, b"")
    begin_sheet = struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    cells = b"".join(
        _old_cell(at, column, value)
        for at, row in enumerate(rows)
        for column, value in enumerate(row)
    )
    sheet = _record(0x809, begin_sheet) + _record(0x200, size) + cells + _record(0x0A, b"")
    return compound(globals_ + sheet)


def _old_cell(row, column, value):
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        told = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x204, place + told)
    return _record(0x203, place + struct.pack("<d", value))


def _record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def compound(stream, name="Workbook"):
    """A compound file (MS-CFB) of one stream."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // SECTOR)
    table = [FAT, END, *range(3, 2 + sectors), END]
    fat = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    assert len(fat) == SECTOR, "one sector of the table must do"
    folder = _entry("Root Entry", 5, END, 0, 1) + _entry(name, 2, 2, len(stream), FREE)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
        + struct.pack("<I", 0)
    )
    return (
        head.ljust(SECTOR, b"\xff")
        + fat
        + folder.ljust(SECTOR, b"\0")
        + stream.ljust(sectors * SECTOR, b"\0")
    )


def _entry(name, kind, start, size, child):
    told = (name + "\0").encode("utf-16-le")
    return (
        told.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(told), kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
