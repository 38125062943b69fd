"""Days as people write them; where day and month could be either nothing is guessed."""

import re
from datetime import date

from vendorops.formats._statement.refusing import Unclear, cell

YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)", re.ASCII)
CHINESE = re.compile(r"(\d{4})年(\d\d?)月(\d\d?)日", re.ASCII)
WITH_POINTS = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})", re.ASCII)
"""As in German, where the day is first."""
WITH_SLASHES = re.compile(r"(\d\d?)([/-])(\d\d?)\2(\d{4})", re.ASCII)
MONTHS = 12


def day_of(row: int, column: str, text: str, order: str) -> date:
    """Return the day a cell names; `order` is `dmy`, `mdy`, or nothing where nobody said.

    Raises Unclear for a day that could be another one, such as 03/04/2026.

    >>> str(day_of(2, "date", "31.10.2026", "")), str(day_of(2, "date", "2026年10月31日", ""))
    ('2026-10-31', '2026-10-31')
    """
    try:
        return _read(row, column, text, order)
    except ValueError as error:
        what = f"{error}; write it as 2026-10-31"
        raise cell("E_STATEMENT_DATE", row, column, what) from error


def _read(row: int, column: str, text: str, order: str) -> date:
    if found := YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := CHINESE.fullmatch(text):
        return date(*map(int, found.groups()))
    if found := WITH_POINTS.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    found = WITH_SLASHES.fullmatch(text)
    if not found:
        raise ValueError("the cell is not a date")
    return _with_slashes(row, column, found, order)


def _with_slashes(row: int, column: str, found: re.Match[str], order: str) -> date:
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    if order == "dmy" or (not order and (one > MONTHS or one == other)):
        return date(year, other, one)
    if order == "mdy" or (not order and other > MONTHS):
        return date(year, one, other)
    raise Unclear(
        "E_STATEMENT_DATE",
        f"row {row}, column {column}: {found[0]!r} may be {year}-{other:02}-{one:02} or"
        f" {year}-{one:02}-{other:02}; save a mapping that says which comes first",
    )
