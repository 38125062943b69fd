"""Bytes of a CSV file as rows of named cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from vendorops.domain import delimited
from vendorops.domain.delimited import BadTable, decoded, header_of, records
from vendorops.domain.money import BadAmount
from vendorops.domain.refusal import Refused
from vendorops.formats._claim import NotAnInvoice
from vendorops.formats.statement_csv.columns import NEEDED, meaning_of

T = TypeVar("T")

LARGEST = 50 * 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 1000
HEAD = 20_000
"""Bytes that `recognises` looks at."""


@dataclass(frozen=True)
class Row:
    """One row below the header."""

    number: int
    """As a spreadsheet counts, the first row being one."""
    cells: Mapping[str, str]
    """By the meaning of their columns."""

    def text(self, column: str) -> str:
        """Return a cell; one of a column that is not there is empty."""
        return self.cells.get(column, "")

    def value(self, column: str, reading: Callable[[str], T]) -> T:
        """Return what a cell holds; refused with its place when it cannot be read."""
        try:
            return reading(self.text(column))
        except (BadAmount, ValueError) as error:
            raise BadTable(f"row {self.number}, column {column}: {error}") from error


class Header(delimited.Header):
    """Where the header is and what its columns mean."""

    @property
    def meanings(self) -> tuple[str, ...]:
        """What the columns mean; nothing for those that are not known."""
        return tuple(meaning_of(name) for name in self.names)

    @property
    def missing(self) -> list[str]:
        """Columns that a statement needs and this one lacks."""
        return [name for name in NEEDED if name not in self.meanings]

    @property
    def known(self) -> int:
        """How many columns are known."""
        return len(set(self.meanings) - {""})


def recognises(data: bytes, name: str) -> bool:
    """Tell whether the file looks like a statement in CSV: a cheap look, not a check."""
    if data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"%PDF", b"PK")):
        return False
    if name.casefold().endswith((".csv", ".tsv")):
        return True
    try:
        return not _header(decoded(data[: data.rfind(b"\n", 0, HEAD) + 1])).missing
    except Refused:
        return False


def _known(names: Sequence[str]) -> int:
    return Header("", 0, tuple(names)).known


def _header(text: str) -> Header:
    return Header(**vars(header_of(text, _known)))


def _checked(header: Header) -> Header:
    if header.missing:
        raise NotAnInvoice(f"the CSV has no column for {', '.join(header.missing)}; add it")
    if len(header.names) > MOST_COLUMNS:
        raise BadTable(f"the file has {len(header.names)} columns, more than {MOST_COLUMNS}")
    for name, meaning in zip(header.names, header.meanings, strict=True):
        if not meaning:
            raise BadTable(f"row {header.row}: column {name[:40]!r} is not known; take it out")
        if header.meanings.count(meaning) > 1:
            raise BadTable(f"row {header.row}: there are two columns for {meaning}; keep one")
    return header


def rows(data: bytes) -> Iterator[Row]:
    """Return the rows below the header that are not blank; refused when the table is broken."""
    if len(data) > LARGEST:
        raise BadTable(f"the file has {len(data)} bytes, more than {LARGEST}; split it")
    text = decoded(data)
    header = _checked(_header(text))
    meanings = header.meanings
    for number, cells in enumerate(records(text, header.delimiter), start=1):
        if number > header.row + MOST_ROWS:
            raise BadTable(f"the file has more than {MOST_ROWS} rows; split it")
        if number > header.row and any(cell.strip() for cell in cells):
            yield _row(number, cells, meanings)


def _row(number: int, cells: list[str], meanings: tuple[str, ...]) -> Row:
    if len(cells) != len(meanings):
        raise BadTable(
            f"row {number} has {len(cells)} cells, but the header has {len(meanings)};"
            " look for a delimiter inside a text"
        )
    row = Row(
        number, {meaning: cell.strip() for meaning, cell in zip(meanings, cells, strict=True)}
    )
    for column, cell in row.cells.items():
        if len(cell) > LONGEST_CELL:
            raise BadTable(f"row {number}, column {column}: more than {LONGEST_CELL} characters")
    return row
