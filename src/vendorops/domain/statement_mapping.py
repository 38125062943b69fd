"""How a supplier's statement is laid out, where its own words do not say it for certain."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

IGNORED = "ignored"
"""The meaning of a column that a person said holds nothing of the claim."""
FIGURES = ("quantity", "price", "amount", "tax", "total")
"""Meanings of columns that hold decimal numbers."""
WHOLE = ("statement", "date", "currency", "seller", "seller id", "buyer", "contract", "total")
"""What concerns the whole statement: a column of it says the same in every row."""
OF_A_LINE = ("line", "description", "quantity", "unit", "price", "amount", "tax rate", "tax")
INFORMATION = ("work date", "note")
"""Meanings of columns that are known and not part of a claim."""
MEANINGS = (*WHOLE, *OF_A_LINE, "work reference", *INFORMATION, IGNORED)
DECIMALS = ("", ".", ",")
DATE_ORDERS = ("", "dmy", "mdy")


@dataclass(frozen=True)
class StatementMapping:
    """What a person said of a layout; what is empty is told by the file itself."""

    columns: tuple[tuple[str, str], ...]
    """Heading and meaning of each column, in their order."""
    decimal: str = ""
    """The mark before decimals, a point or a comma."""
    date_order: str = ""
    """`dmy` or `mdy`, for days written with slashes."""
    currency: str = ""
    """Of every amount, where the file names none."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in their order."""
        return tuple(heading for heading, _ in self.columns)


def same_heading(text: str) -> str:
    """Return a heading as layouts are compared by.

    >>> same_heading("  Unit   Price "), same_heading("金额(元)")
    ('unit price', '金额(元)')
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def layout_sha256(headings: Sequence[str]) -> str:
    """Return the hash by which a saved mapping is found for a file."""
    return sha256("\x1f".join(map(same_heading, headings)).encode()).hexdigest()
