"""One application as it stands in a file: its cells by path, and where people see them."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vendorops.documents.forms import Location
from vendorops.domain.delimited import BadTable
from vendorops.stages.onboarding.bulk.cells import Cell, Cells, Steps, faults

AFTER = 1000
"""Rows of other sheets come after what is numbered in the row itself."""
PLACE = re.compile(r"([a-z_]+(?:,? [a-z_0-9]+)*): ")
"""How refusals begin that name a place in a form: `contract, terms 1: `."""


@dataclass(frozen=True)
class Line:
    """One application as it stands in the file."""

    number: int
    """The row, as the spreadsheet counts."""
    key: str
    cells: Cells

    @property
    def faults(self) -> list[str]:
        """What is wrong with its cells, whatever they say."""
        return list(faults(self.cells))

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the line says, as a single application would say it."""
        tree: dict[Any, Any] = {}
        for steps, cell in self.cells.items():
            node = tree
            for step in steps[:-1]:
                node = node.setdefault(step, {})
                if not isinstance(node, dict):
                    raise BadTable(f"{cell.place}: filled both as one value and as a table")
            if steps[-1] in node:
                raise BadTable(f"{cell.place}: filled both as one value and as a table")
            node[steps[-1]] = cell.text
        return dict(_listed(tree))

    def place(self, location: Location) -> str:
        """Return where people see what a location of the content stands for."""
        steps = self._steps(location)
        if steps in self.cells:
            return self.cells[steps].place
        elsewhere = [at for at, step in enumerate(steps) if isinstance(step, int) and step > AFTER]
        if elsewhere:  # The row of another sheet.
            row, rest = steps[: elsewhere[0] + 1], steps[elsewhere[0] + 1 :]
            place = self._within(row)[0].place.rpartition(", ")[0]
            return f"{place}, column {'.'.join(map(str, rest))}" if rest else place
        return f"column{'s' * bool(self._within(steps))} {'.'.join(map(str, steps))}"

    def _within(self, steps: Steps) -> list[Cell]:
        return [cell for at, cell in self.cells.items() if at[: len(steps)] == steps]

    def told(self, reason: str) -> str:
        """Return a reason that begins with a place in a form with the columns people see."""
        found = PLACE.match(reason)
        steps = steps_told(found[1]) if found else ()
        location = tuple(step - 1 if isinstance(step, int) else step for step in steps)
        if not found or not self._within(self._steps(location)):
            return reason
        return f"{self.place(location)}: {reason[found.end() :]}"

    def _steps(self, location: Location) -> Steps:
        """Return the path of a location: the second of two documents may be `documents.3`."""
        steps: Steps = ()
        for step in location:
            if isinstance(step, int):
                numbers = sorted(at for at in _after(self.cells, steps) if isinstance(at, int))
                steps = (*steps, numbers[step] if step < len(numbers) else step + 1)
            else:
                steps = (*steps, step)
        return steps


def steps_told(place: str) -> Steps:
    """Return the path of a place as refusals tell it.

    >>> steps_told("contract, terms 1")
    ('contract', 'terms', 1)
    """
    words = place.replace(",", "").split()
    return tuple(int(word) if word.isdecimal() else word for word in words)


def _after(cells: Cells, before: Steps) -> list[str | int]:
    size = len(before)
    found = (steps[size] for steps in cells if steps[:size] == before and len(steps) > size)
    return list(dict.fromkeys(found))


def _listed(node: Any) -> Any:  # noqa: ANN401 - a form's content.
    """Return a tree in which what is numbered is a list, in the order of its numbers."""
    if not isinstance(node, dict):
        return node
    if all(isinstance(step, int) for step in node):
        return [_listed(node[step]) for step in sorted(node)]
    return {str(step): _listed(below) for step, below in node.items()}
