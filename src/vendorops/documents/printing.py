"""Which text prints as it was typed: what shows nothing, or moves its neighbours, is refused."""

import unicodedata
from collections.abc import Iterator

from vendorops.documents.fields import Data
from vendorops.domain.refusal import Refused

PICTURE = "picture_"
"""Begins the names of fields that hold a picture as SVG, drawn by us: it is shown, not read."""
LONGEST = 1000
"""Characters of one field; more is an annex, and a name that long would not fit a signature."""
UNPRINTABLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Unicode categories that show nothing, or reorder what is shown next to them."""
MARKS = {"Mn", "Me"}
"""Categories that add to the character before; the text of a PDF would tell them twice."""
BACKWARDS = {"R", "AL", "AN"}
"""Bidirectional classes that read from right to left, and carry what stands beside them along."""
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs by name that show nothing: Hangul fillers and the empty Braille pattern."""


class UnprintableText(Refused):
    """A field holds characters that would not appear in print as they were typed."""


def check_printable(data: Data) -> None:
    """Refuse text that is too long, or would not be read on paper as it was typed."""
    for where, text in _texts(data):
        if len(text) > LONGEST:
            raise UnprintableText(f"{where} has {len(text)} characters; shorten it to {LONGEST}")
        flaw = unprintable(text)
        if flaw:
            raise UnprintableText(f"{where} {flaw}")


def _texts(data: Data) -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        if name.startswith(PICTURE):
            continue
        if isinstance(value, str):
            yield name, value
            continue
        for number, row in enumerate(value, start=1):
            yield from ((f"{name}, row {number}, {key}", text) for key, text in row.items())


def unprintable(text: str) -> str:
    """Return what would not be read on paper as it was typed, and what to do; else nothing.

    >>> unprintable("Qin Tu Ltd."), unprintable("Qin\u200bTu")
    ('', 'has the unprintable character U+200B at position 4; type the field again without it')
    """
    if text.isascii() and text.isprintable():
        return ""
    for at, character in enumerate(text, start=1):
        if unicodedata.category(character) in UNPRINTABLE or character in BLANK:
            return (
                f"has the unprintable character U+{ord(character):04X} at position {at};"
                " type the field again without it"
            )
        if unicodedata.bidirectional(character) in BACKWARDS:
            return (
                f"has {character!r} at position {at}, which is read from right to left;"
                " write the field in Latin or Chinese characters"
            )
    for character in unicodedata.normalize("NFC", text):
        if unicodedata.category(character) in MARKS:
            return (
                f"has the mark U+{ord(character):04X} on a character that is not printed"
                " with it; spell the field without the mark"
            )
    return ""
