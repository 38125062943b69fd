"""Reads the workbooks that are written for tax offices."""

from vendorops.spreadsheets.xlsx import sheets_of

Cells = dict[str, list[list[str]]]


def tables(data: bytes) -> tuple[Cells, set[str]]:
    """Return the cells of each sheet, and what kinds of cell there are."""
    found = {name: [cells for _, cells in lines] for name, lines in sheets_of(data)}
    kinds = {kind for lines in found.values() for cells in lines for _, kind in cells}
    return {name: [[text for text, _ in cells] for cells in lines]
            for name, lines in found.items()}, kinds  # fmt: skip
