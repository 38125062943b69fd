"""Finds labels on a page and what stands beside or below them."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vendorops.exact_yaml import exact_yaml
from vendorops.formats.plain_pdf.pages import Line, Piece

FILE = Path(__file__).with_name("labels.yaml")
BELOW = 2
"""Lines below a label in which its value may stand."""
AFTER_LABEL = " .:#-\u00b0\uff1a\u2116"
"""What may stand between a label and its value."""


@dataclass(frozen=True)
class Near:
    """Text near a label."""

    text: str
    where: str
    label: str
    at: int
    """Which line the label is on."""
    order: int
    """0 behind it in the same piece, 1 beside it, 2 and more below it."""


@cache
def _labels() -> dict[str, list[str]]:
    said = exact_yaml(FILE.read_text("utf-8"), FILE.name)
    return {
        name: sorted((str(word) for words in lists for word in words), key=len, reverse=True)
        for name, lists in said.items()
    }


def plain(text: str) -> str:
    """Return text as labels are compared by."""
    return unicodedata.normalize("NFKC", text).casefold()


def near(lines: Sequence[Line], name: str) -> Iterator[Near]:
    """Yield what stands near each label of a fact, nearest first, in the order of the page."""
    for at, line in enumerate(lines):
        for position, piece in enumerate(line.pieces):
            label = _label(piece.text, name)
            if label:
                yield from _around(lines, at, position, label)


def _label(text: str, name: str) -> str:
    """Return the label that a piece begins with; nothing where another word goes on from it."""
    start = plain(text)
    for label in _labels()[name]:
        rest = start[len(label) :]
        if start.startswith(label) and not (label[-1].isascii() and rest[:1].isalpha()):
            return label
    return ""


def _around(lines: Sequence[Line], at: int, position: int, label: str) -> Iterator[Near]:
    line, piece = lines[at], lines[at].pieces[position]
    behind = unicodedata.normalize("NFKC", piece.text)[len(label) :].strip(AFTER_LABEL)
    if behind:
        yield Near(behind, line.where, label, at, 0)
    for beside in line.pieces[position + 1 :]:
        yield Near(beside.text, line.where, label, at, 1)
    for order, below in enumerate(lines[at + 1 : at + 1 + BELOW], start=2):
        if below.page != line.page:
            return
        for other in below.pieces:
            if _overlap(piece, other):
                yield Near(other.text, below.where, label, at, order)


def _overlap(piece: Piece, other: Piece) -> bool:
    return piece.left < other.right and other.left < piece.right
