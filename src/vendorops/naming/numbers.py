"""The skeletons of document numbers: equal for numbers that people take for the same one."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from vendorops.naming.homoglyphs import folded

_PARTS = re.compile(r"[^\W_]+")
_DIGIT = "o2-9l"
"""Digits as `folded` leaves them: 0 prints like o, 1 like l."""
_LEADING_ZEROS = re.compile(f"(?<![{_DIGIT}])o+(?=[{_DIGIT}])")
_LAST_NUMERAL = re.compile(f"[{_DIGIT}]+(?=[^{_DIGIT}]*$)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class NumberSkeleton(NamedTuple):
    """What is left of a number once everything that people mistake is taken off."""

    looks: str
    """Letters and digits as they print: `INV-001` and `lNV 00l` are one."""
    stripped: str
    """The same without leading zeros: `INV-001` and `inv 1` are one."""
    bare: str
    """That again without its year: `INV-2026-001` and `INV 1` are one."""
    serial: str
    """Its last numeral: what is left when prefix and year are forgotten."""
    year: int
    """The year that it names; 0 for none."""


@lru_cache(maxsize=2**16)
def number_skeleton(number: str) -> NumberSkeleton:
    """Return by what a document number (EN 16931 BT-1) is recognised when it was spoilt.

    Letters that print alike count as one (UTS 39), which only tells what to compare: two
    different numbers may share a skeleton, so that it alone decides nothing.

    >>> number_skeleton("lNV-00l").looks == number_skeleton("INV 001").looks
    True
    >>> number_skeleton("INV-001").stripped == number_skeleton("inv 1").stripped
    True
    >>> number_skeleton("INV-2026-017").bare == number_skeleton("INV17").bare
    True
    """
    plain = unicodedata.normalize("NFKC", number)
    parts = _PARTS.findall(plain)
    year = _YEAR.search(plain)
    stripped = _stripped(parts)
    without = _stripped(_PARTS.findall(_YEAR.sub("-", plain, count=1)))
    last = _LAST_NUMERAL.search(without or stripped)
    return NumberSkeleton(
        looks="".join(map(folded, parts)),
        stripped=stripped,
        bare=without or stripped,
        serial=last.group() if last else "",
        year=int(year.group()) if year else 0,
    )


def _stripped(parts: list[str]) -> str:
    """Join parts without leading zeros, keeping apart what would become another numeral."""
    joined = ""
    for part in parts:
        kept = _LEADING_ZEROS.sub("", folded(part))
        apart = re.match(f"[{_DIGIT}]", kept) and re.search(f"[{_DIGIT}]$", joined)
        joined += f"-{kept}" if apart else kept
    return joined
