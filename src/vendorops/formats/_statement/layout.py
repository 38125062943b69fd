"""Where the header of a table is, what its columns mean, and what stands above it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from vendorops.domain.statement_mapping import WHOLE, StatementMapping, layout_sha256, same_heading
from vendorops.formats._statement.refusing import BadStatement, cell
from vendorops.formats._statement.rows import Table, TableRow
from vendorops.formats._statement.words import currency_of, heading_of

HEADER_WITHIN = 30
"""Rows, blank ones not counted, among which the header is looked for."""
FEWEST_KNOWN, FEWEST_COLUMNS = 3, 3
"""Columns that must be known, or where none is must be there, before a row counts as a header."""
NEEDED = ("quantity", "price", "amount")
EITHER = ("description", "work reference")
"""One of these says what a line is for."""


@dataclass(frozen=True)
class Fact:
    """What stands above the table about the whole of it."""

    row: int
    value: str


@dataclass(frozen=True)
class Layout:
    """How one table is laid out."""

    header: TableRow
    headings: tuple[str, ...]
    meanings: tuple[str, ...]
    """By column; nothing for those that are not known."""
    currency: str
    """Which the headings name, or nothing."""
    facts: Mapping[str, Fact]
    """By meaning."""

    @property
    def sha256(self) -> str:
        """The hash by which a saved mapping is found."""
        return layout_sha256(self.headings)

    @property
    def known(self) -> int:
        """How many columns are known."""
        return len({*self.meanings} - {""})

    @cached_property
    def _places(self) -> dict[str, int]:
        return {meaning: at for at, meaning in reversed([*enumerate(self.meanings)])}

    def at(self, meaning: str) -> int | None:
        """Return the place of the first column of a meaning."""
        return self._places.get(meaning)

    def doubt(self) -> str:
        """Return why the columns are not certain, as one sentence; nothing where they are."""
        row = self.header.number
        for heading, meaning in zip(self.headings, self.meanings, strict=True):
            if not meaning and heading:
                return (
                    f"row {row}: column {heading[:40]!r} is not known, and might hold a discount"
                )
            if meaning and meaning != "ignored" and self.meanings.count(meaning) > 1:
                return f"row {row}: there are two columns for {meaning}"
        missing = [name for name in NEEDED if name not in self.meanings]
        if not {*EITHER} & {*self.meanings}:
            missing.append(EITHER[0])
        return f"row {row}: there is no column for {', '.join(missing)}" if missing else ""


def layout_of(table: Table, mapping: StatementMapping | None) -> Layout | None:
    """Return how a table is laid out, by a mapping where its headings are those; None if it isn't.

    Without a mapping the header is the row that shows most known headings, the first of equals.
    """
    above: list[TableRow] = []
    found: list[Layout] = []
    for row in islice(table.rows, HEADER_WITHIN):
        layout = _mapped(row, mapping, above) if mapping else _detected(row, above)
        if layout:
            found.append(layout)
        above.append(row)
    if mapping:
        return found[0] if found else None
    return max(found, key=lambda layout: layout.known, default=None)


def _mapped(row: TableRow, mapping: StatementMapping, above: list[TableRow]) -> Layout | None:
    headings = _headings(row)
    if [*map(same_heading, headings)] != [*map(same_heading, mapping.headings)]:
        return None
    meanings = tuple(meaning for _, meaning in mapping.columns)
    return Layout(row, headings, meanings, _currency(row, headings), facts_in(above))


def _detected(row: TableRow, above: list[TableRow]) -> Layout | None:
    headings = _headings(row)
    said = [heading_of(heading) for heading in headings]
    known = {heading.meaning for heading in said} - {""}
    words = [text for text in headings if text and not any(map(str.isdigit, text))]
    if len(known) < FEWEST_KNOWN and (len(words) < FEWEST_COLUMNS or row.typed):
        return None
    meanings = tuple(heading.meaning for heading in said)
    return Layout(row, headings, meanings, _currency(row, headings), facts_in(above))


def _headings(row: TableRow) -> tuple[str, ...]:
    cells = [cell.strip() for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _currency(row: TableRow, headings: tuple[str, ...]) -> str:
    named = {heading_of(heading).currency for heading in headings} - {""}
    if len(named) > 1:
        raise BadStatement(
            "E_STATEMENT_CURRENCY",
            f"row {row.number}: the headings name {', '.join(sorted(named))};"
            " send one statement per currency",
        )
    return currency_of(named.pop()) if named else ""


def facts_in(rows: list[TableRow]) -> dict[str, Fact]:
    """Return what rows above a table say of the whole: a label and its value beside it.

    Refused where one fact is given twice and differs.
    """
    found: dict[str, Fact] = {}
    for row in rows:
        for label, value in _labelled(row):
            meaning = heading_of(label).meaning
            if meaning not in WHOLE or not value:
                continue
            known = found.setdefault(meaning, Fact(row.number, value))
            if known.value != value:
                what = f"it differs from row {known.row}; send one statement per file"
                raise cell("E_STATEMENT_HEAD", row.number, meaning, what)
    return found


def _labelled(row: TableRow) -> Iterator[tuple[str, str]]:
    """Yield what may be labels with the text behind them, in one cell or in two."""
    cells = [text.strip() for text in row.cells]
    for at, text in enumerate(cells):
        label, colon, value = text.replace("\uff1a", ":").partition(":")
        if colon and value.strip():
            yield label, value.strip()
        else:
            yield label, next(filter(None, cells[at + 1 :]), "")
