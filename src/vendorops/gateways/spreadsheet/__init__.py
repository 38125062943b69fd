"""Reads spreadsheets (XLSX, CSV) in a limited child process: cells as text, formulas never run.

What a cell held that is not text is told with it: a number that lost digits or a formula means
something else than what is shown, and whoever reads the cells must know.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from vendorops.gateways.child import LIMITS, Limits, Quarantined, run_limited
from vendorops.gateways.spreadsheet.reading import answer

__all__ = ["ROOMY", "Sheet", "SheetRow", "read_sheets"]

ROOMY: Limits = replace(LIMITS, answer_bytes=8 * LIMITS.answer_bytes)
"""Thousands of rows come back as text, a few times as long as the file they came in."""


@dataclass(frozen=True)
class SheetRow:
    """One row that is not blank."""

    number: int
    """As a spreadsheet counts, the first row being one."""
    cells: tuple[str, ...]
    kinds: Mapping[int, str]
    """What cells were that are not plain text, by their index: `number`, `rounded`, `formula`,
    `long`."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; a CSV file is one without a name."""

    name: str
    rows: tuple[SheetRow, ...]


_SHEETS = TypeAdapter(tuple[Sheet, ...])


def read_sheets(data: bytes, known: Sequence[str], limits: Limits = ROOMY) -> tuple[Sheet, ...]:
    """Return the sheets of a file in their order.

    `known` are beginnings of the column names that the caller knows; they tell the encoding and
    the delimiter of a CSV file. Refused with a sentence, or Quarantined when the file broke a
    limit or its reader.
    """
    said = run_limited(answer, json.dumps(list(known)).encode() + b"\n" + data, limits)
    try:
        return _SHEETS.validate_python(said.get("sheets"))
    except ValidationError as error:
        raise Quarantined("crash", "no answer", limits) from error
