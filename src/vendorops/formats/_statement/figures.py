"""Decimal numbers as people write them: which mark stands before decimals is never guessed.

`1.234,56` says it, so do `12,5` and `0.123`; `1,234` alone may be either. What one cell of a file
says holds for all of them, and cells that say different things are refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vendorops.domain.money import BadAmount, exact
from vendorops.formats._statement.refusing import Unclear, cell

SPACES = "\u00a0\u202f\u2009 '\u2019"
"""What may stand between thousands and never before decimals."""
MINUS = "\u2212"
NUMBER = re.compile(r"-?[0-9][0-9.,]*")
GROUPS = re.compile(r"[0-9]{1,3}(?P<mark>[.,]?)[0-9]{3}((?P=mark)[0-9]{3})*")
COMMONEST = {
    mark: re.compile(rf"[0-9]{{1,15}}(?:{re.escape(mark)}[0-9]{{1,9}})?") for mark in ".,"
}
"""Numbers that need no second look, by the mark before decimals."""
LONGEST = 28
"""Characters; Python's decimals are exact up to here."""


@dataclass(frozen=True)
class Figure:
    """A cell that should hold a number."""

    row: int
    column: str
    text: str


def bare(text: str) -> str:
    r"""Return a number without what groups its thousands beyond doubt, its minus as ASCII.

    >>> bare("1 234,50"), bare("\u22125"), bare("12 34")
    ('1234,50', '-5', '12 34')
    """
    plain = text.strip().replace(MINUS, "-")
    plain = plain[1:] if re.match(r"\+[0-9]", plain) else plain
    sign = "-" if plain.startswith("-") else ""
    whole, mark, fraction = re.match(
        r"([^.,]*)([.,]?)(.*)", plain[len(sign) :], re.DOTALL
    ).groups()  # type: ignore[union-attr]  # it matches any text.
    if re.fullmatch(rf"[0-9]{{1,3}}([{SPACES}][0-9]{{3}})+", whole):
        whole = re.sub(rf"[{SPACES}]", "", whole)
    return sign + whole + mark + fraction


def mark_shown(number: str) -> str:
    """Return the mark that a number must have before its decimals, or nothing if it shows none.

    >>> mark_shown("1.234,5"), mark_shown("12,5"), mark_shown("0.123"), mark_shown("1.234.567")
    (',', ',', '.', ',')
    >>> mark_shown("1,234"), mark_shown("1234")
    ('', '')
    """
    marks = [letter for letter in number if letter in ".,"]
    if len(set(marks)) > 1:
        return marks[-1]
    if len(marks) > 1:
        return "." if marks[0] == "," else ","
    whole, mark, fraction = re.match(r"-?([0-9]*)([.,]?)([0-9]*)", number).groups()  # type: ignore[union-attr]  # it matches any text.
    if mark and not _may_group(whole, fraction):
        return str(mark)
    return ""


def _may_group(whole: str, fraction: str) -> bool:
    """Tell whether a mark between two rows of digits may stand between thousands."""
    return len(fraction) == len("000") and 1 <= len(whole) <= len("000") and whole[0] != "0"


def decimal_mark(figures: Iterable[Figure]) -> str:
    """Return the mark before decimals in a file; refused where it contradicts itself or hides it.

    Raises Unclear with row and column. A file of whole numbers shows no mark and needs none.
    """
    shown: dict[str, Figure] = {}
    doubtful: Figure | None = None
    for figure in figures:
        if figure.text.isdecimal():
            continue
        number = bare(figure.text)
        if not NUMBER.fullmatch(number):
            continue  # Refused with its place once it is read.
        mark = mark_shown(number)
        if mark:
            shown.setdefault(mark, figure)
        elif {*number} & {*".,"} and doubtful is None:
            doubtful = figure
        if len(shown) > 1:
            raise _contradiction(shown, figure)
    if doubtful and not shown:
        raise _doubt(doubtful)
    return next(iter(shown), ".")


def _doubt(figure: Figure) -> Unclear:
    number = bare(figure.text)
    grouped, pointed = re.sub("[.,]", "", number), number.replace(",", ".")
    return Unclear(
        "E_STATEMENT_DECIMAL",
        f"row {figure.row}, column {figure.column}: {figure.text[:40]!r} may be {grouped} or"
        f" {pointed}; save a mapping that says which mark stands before decimals",
    )


def _contradiction(shown: dict[str, Figure], last: Figure) -> Unclear:
    other = next(figure for figure in shown.values() if figure is not last)
    return Unclear(
        "E_STATEMENT_DECIMAL",
        f"row {last.row}, column {last.column}: {last.text[:40]!r} and row {other.row}, column"
        f" {other.column}: {other.text[:40]!r} write their decimals differently; ask for a"
        " statement that writes them alike",
    )


def plain_decimal(figure: Figure, mark: str) -> str:
    """Return a number as Python's own readers want it, by the mark that the file uses.

    >>> plain_decimal(Figure(1, "a", "1.234,50"), ","), plain_decimal(Figure(1, "a", "1,234"), ".")
    ('1234.50', '1234')
    """
    if COMMONEST[mark].fullmatch(figure.text):
        return figure.text.replace(mark, ".")
    number = bare(figure.text)
    whole, found, fraction = number.removeprefix("-").partition(mark)
    other = "," if mark == "." else "."
    if other in fraction or (other in whole and not _grouped(whole, other)):
        what = f"{figure.text[:40]!r} is not a plain decimal number such as 1234{mark}50"
        raise cell("E_STATEMENT_NUMBER", figure.row, figure.column, what)
    sign = "-" if number.startswith("-") else ""
    plain = sign + whole.replace(other, "") + ("." + fraction if found else "")
    try:
        nothing = len(plain) <= LONGEST and exact(plain) == 0
    except BadAmount:
        what = f"{figure.text[:40]!r} is not a plain decimal number such as 1234{mark}50"
        raise cell("E_STATEMENT_NUMBER", figure.row, figure.column, what) from None
    if len(plain) > LONGEST or (nothing and sign):
        what = f"{figure.text[:40]!r} is minus nothing or too long; correct it"
        raise cell("E_STATEMENT_NUMBER", figure.row, figure.column, what)
    return plain


def _grouped(whole: str, mark: str) -> bool:
    found = GROUPS.fullmatch(whole)
    return bool(found and found["mark"] == mark)
