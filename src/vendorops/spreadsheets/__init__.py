"""The cells of workbooks: XLSX, and the older XLS and ODS, looked over before they are opened."""

from collections.abc import Iterator

from vendorops.spreadsheets import ods, xls, xlsx

Rows = Iterator[tuple[int, list[xlsx.Cell]]]


def is_workbook(data: bytes) -> bool:
    """Tell by a cheap look whether a file is a workbook of a kind that is read here."""
    return any(kind.recognises(data) for kind in (xlsx, ods, xls))


def sheets_of(data: bytes) -> Iterator[tuple[str, Rows]]:
    """Yield the name and the numbered rows of each sheet.

    Raises BadTable with a sentence for macros, links to other files, passwords and broken files.
    """
    kind = next((kind for kind in (ods, xls) if kind.recognises(data)), xlsx)
    yield from kind.sheets_of(data)
