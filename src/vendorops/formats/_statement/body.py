"""What the rows below a header are: lines, totals, the header again, or notes at the end."""

from dataclasses import dataclass

from vendorops.domain.statement_mapping import same_heading
from vendorops.formats._statement.layout import Layout
from vendorops.formats._statement.refusing import BadStatement
from vendorops.formats._statement.rows import MOST_ROWS, Table, TableRow
from vendorops.formats._statement.words import total_of


@dataclass(frozen=True)
class TotalRow:
    """A row that adds up others; it is not a line, and is checked against them."""

    row: TableRow
    kind: str
    """`part` since the total before, `whole`, `tax` or `gross`."""
    lines: int
    """How many lines stand above it."""


@dataclass(frozen=True)
class Body:
    """The rows below a header."""

    lines: tuple[TableRow, ...]
    totals: tuple[TotalRow, ...]


def body_of(table: Table, layout: Layout) -> Body:
    """Sort rows into lines and totals; refused where a row is cut otherwise than the header.

    What follows the last total and holds no figure is a note, and not read.
    """
    lines: list[TableRow] = []
    totals: list[TotalRow] = []
    for row in _below(table, layout):
        kind = _total(row, layout)
        if kind:
            totals.append(TotalRow(row, kind, len(lines)))
        elif totals and not _figures(row, layout):
            continue
        else:
            _check_width(row, layout, table)
            lines.append(row)
    if len(lines) > MOST_ROWS:
        raise BadStatement(
            "E_STATEMENT_LIMIT", f"the file has more than {MOST_ROWS} rows; split it"
        )
    return Body(tuple(lines), tuple(totals))


def _below(table: Table, layout: Layout) -> list[TableRow]:
    header = [*map(same_heading, layout.header.cells)]
    return [
        row
        for row in table.rows
        if row.number > layout.header.number
        and (
            row.cell(0).strip() != layout.headings[0] or [*map(same_heading, row.cells)] != header
        )
    ]


def _total(row: TableRow, layout: Layout) -> str:
    """Return what a row is the total of; nothing for a line, which has a price."""
    at = layout.at("price")
    if at is None or row.cell(at).strip():
        return ""
    return next(filter(None, map(total_of, row.cells)), "")


def _figures(row: TableRow, layout: Layout) -> bool:
    columns = (layout.at(name) for name in ("quantity", "price", "amount"))
    return any(row.cell(at).strip() for at in columns if at is not None)


def _check_width(row: TableRow, layout: Layout, table: Table) -> None:
    width = len(layout.header.cells)
    if len(row.cells) == width or (table.ragged and len(row.cells) < width):
        return
    raise BadStatement(
        "E_STATEMENT_COLUMNS",
        f"row {row.number} has {len(row.cells)} cells, but the header has {width};"
        " look for a delimiter inside a text",
    )
