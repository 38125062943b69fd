"""Cells with the places people see them at, and what is wrong with a cell whatever it says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Steps = tuple[str | int, ...]
"""A path, with numbers from one: `("documents", 1, "kind")`."""
DIGITS_MATTER = ("number", "bank")
"""Ends of columns whose leading zeros must not be lost."""
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+", re.ASCII)
AS_TEXT = "format the column as text and type it again"
SAID = {
    "formula": "is a formula, which is not evaluated; type its value",
    "rounded": f"is a number of which the spreadsheet kept fifteen digits only; {AS_TEXT}",
    "long": "is longer than any field; shorten it",
    "zeros": f"is a number, of which a spreadsheet drops leading zeros; {AS_TEXT}",
    "stray": "has no column name above it; name the column or empty the cell",
}


@dataclass(frozen=True)
class Cell:
    """One cell that is not blank."""

    text: str
    place: str
    """As people see it: `column party.name`, `sheet documents, row 4, column kind`."""
    kind: str = ""
    """What it was where it is not plain text."""

    def fault(self, steps: Steps) -> str:
        """Return what is wrong with the cell itself, in one sentence, or nothing."""
        kind = "rounded" if SCIENTIFIC.fullmatch(self.text) else self.kind
        if kind == "number" and str(steps[-1]) in DIGITS_MATTER:
            kind = "zeros"
        return f"{self.place} {SAID[kind]}" if kind in SAID else ""


Cells = Mapping[Steps, Cell]


def faults(cells: Cells) -> Iterable[str]:
    """Return what is wrong with cells themselves."""
    return filter(None, (cell.fault(steps) for steps, cell in cells.items()))
