"""The sheets of a file as lines, each filled up with what the file says for all of them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from vendorops.documents.forms import read_content
from vendorops.domain.delimited import HEADER_WITHIN, BadTable
from vendorops.gateways.spreadsheet import Sheet, SheetRow
from vendorops.stages.onboarding.bulk.cells import Cell, Cells, Steps
from vendorops.stages.onboarding.bulk.columns import (
    KEY,
    lists,
    nearest,
    pattern_of,
    patterns,
    split,
)
from vendorops.stages.onboarding.bulk.lines import AFTER, Line

MAIN, COMMON = "applications", "common"
IGNORED = ("read me", "choices")
"""Sheets of our template that are for people only."""
EXAMPLE = "example"
"""The key of the row that shows how a row is filled in; it is left out."""

Columns = list[tuple[str, Steps]]


def lines_of(sheets: tuple[Sheet, ...], defaults: bytes = b"") -> list[Line]:
    """Return the lines of a file, each filled up with what the file says for all of them.

    Refused when a sheet or a column is not known, is there twice, or when there is no line.
    """
    main = _main(sheets)
    named = {sheet.name.strip().casefold(): sheet for sheet in sheets}
    common = {**_defaults(defaults), **_common(named.get(COMMON))}
    others = {name: _parts(named[name], path) for name, path in lists().items() if name in named}
    lines = [
        Line(row.number, key, {**common, **cells, **_belonging(others, key)})
        for row, key, cells in _rows(main)
        if key != EXAMPLE
    ]
    _check_keys(lines, others)
    if not lines:
        raise BadTable("the file has no row below its column names; fill some in")
    return lines


def _belonging(others: dict[str, dict[str, Cells]], key: str) -> Cells:
    return {steps: cell for parts in others.values() for steps, cell in parts.get(key, {}).items()}


def _check_keys(lines: list[Line], others: dict[str, dict[str, Cells]]) -> None:
    """Refuse rows of other sheets that belong to no line, or to one of several."""
    keys = [line.key for line in lines]
    for name, parts in others.items():
        for key in parts.keys() - {EXAMPLE}:
            if keys.count(key) != 1:
                raise BadTable(
                    f"sheet {name}: the key {key[:40]!r} names {keys.count(key)} rows of the "
                    f"{MAIN}; give each row of them a key of its own"
                )


def _main(sheets: tuple[Sheet, ...]) -> Sheet:
    special = {COMMON, *IGNORED, *lists()}
    plain = [sheet for sheet in sheets if sheet.name.strip().casefold() not in special]
    named = [sheet for sheet in plain if sheet.name.strip().casefold() == MAIN]
    if not plain:
        raise BadTable(f"there is no sheet {MAIN}; the template has one")
    if len(plain) > 1:
        strange = ", ".join(sheet.name[:40] for sheet in plain if sheet not in named)
        known = ", ".join((MAIN, COMMON, *lists()))
        raise BadTable(f"sheet {strange}: not known; the sheets are {known}; take it out")
    return plain[0]


def _rows(sheet: Sheet) -> Iterator[tuple[SheetRow, str, Cells]]:
    header = _header(sheet)
    columns = _columns(sheet, header, "")
    for row in sheet.rows:
        if row.number > header.number:
            cells = _cells(row, columns, "")
            key = cells.pop((KEY,), None)
            if cells:
                yield row, key.text if key else str(row.number), cells


def _header(sheet: Sheet) -> SheetRow:
    candidates = [row for row in sheet.rows if row.number <= HEADER_WITHIN]
    if not candidates:
        raise BadTable("the file is empty; begin with a row of column names, see the template")
    return max(candidates, key=lambda row: sum(map(_is_known, row.cells)))


def _is_known(column: str) -> bool:
    return column == KEY or bool(pattern_of(column))


def _columns(sheet: Sheet, header: SheetRow, before: str) -> Columns:
    """Return the columns; refused with every one that is not known or is there twice."""
    wrong = []
    for name in dict.fromkeys(filter(None, header.cells)):
        if name != KEY and not pattern_of(before + name):
            known = tuple(path.removeprefix(before.replace(".1.", ".#.")) for path in patterns())
            wrong.append(f"column {name[:60]!r} is not known, {nearest(name[:60], known)}")
        elif header.cells.count(name) > 1:
            wrong.append(f"there are two columns {name}, keep one")
    if wrong:
        where = f"sheet {sheet.name}, " if sheet.name else ""
        raise BadTable(f"{where}row {header.number}: {'; '.join(wrong)}")
    return [(name, steps_of(name)) for name in header.cells]


def _cells(row: SheetRow, columns: Columns, where: str) -> dict[Steps, Cell]:
    cells: dict[Steps, Cell] = {}
    for at, text in enumerate(row.cells):
        kind = row.kinds.get(at, "")
        column, steps = columns[at] if at < len(columns) else ("", ())
        if not (text or kind):
            continue
        if column:
            cells[steps] = Cell(text, f"{where}column {column}", kind)
        else:
            cells[("", at)] = Cell(text, f"{where}cell {at + 1} of the row", "stray")
    return cells


def steps_of(column: str) -> Steps:
    """Return a column's path in steps."""
    return tuple(int(step) if step.isdecimal() else step for step in split(column))


def _parts(sheet: Sheet, path: str) -> dict[str, Cells]:
    """Return the cells of a sheet of terms or documents by the key of the line they belong to."""
    header = sheet.rows[0] if sheet.rows else SheetRow(1, (), {})
    columns = _columns(sheet, header, f"{path}.1.")
    found: defaultdict[str, dict[Steps, Cell]] = defaultdict(dict)
    for row in sheet.rows[1:]:
        cells = _cells(row, columns, f"sheet {sheet.name}, row {row.number}, ")
        key = cells.pop((KEY,), None)
        if key is None:
            raise BadTable(f"sheet {sheet.name}, row {row.number}: the key is empty; fill it in")
        before = (*steps_of(path), AFTER + row.number)
        found[key.text].update({(*before, *steps): cell for steps, cell in cells.items()})
    return dict(found)


def _common(sheet: Sheet | None) -> Cells:
    """Return what a sheet of names and values says for every line."""
    cells: dict[Steps, Cell] = {}
    for row in sheet.rows if sheet else ():
        column, value = (*row.cells, "", "")[:2]
        if column == "column" or not value + row.kinds.get(1, ""):
            continue
        _check_default(column, f"sheet {COMMON}, row {row.number}")
        cells[steps_of(column)] = Cell(
            value, f"sheet {COMMON}, row {row.number}, {column}", row.kinds.get(1, "")
        )
    return cells


def _defaults(data: bytes) -> Cells:
    """Return what a form says for every line."""
    said = read_content(data, "the file of defaults") if data else {}
    cells = {}
    for steps, text in _leaves(said, ()):
        column = ".".join(map(str, steps))
        _check_default(column, "the file of defaults")
        cells[steps] = Cell(text, f"the file of defaults, {column}")
    return cells


def _check_default(column: str, where: str) -> None:
    if not pattern_of(column):
        raise BadTable(f"{where}: {column[:60]!r} is not known, {nearest(column, patterns())}")


def _leaves(said: Any, before: Steps) -> Iterator[tuple[Steps, str]]:  # noqa: ANN401 - as read.
    if isinstance(said, dict):
        for name, value in said.items():
            yield from _leaves(value, (*before, str(name)))
    elif isinstance(said, list):
        for number, value in enumerate(said, start=1):
            yield from _leaves(value, (*before, number))
    else:
        yield before, str(said)
