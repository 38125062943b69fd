"""Finds where a paper that we set says something: its page, and the article it stands under.

Only papers of our own making are read: their bytes are those whose hash we wrote down.
"""

import re
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2 as pdfium

from vendorops.books import Books
from vendorops.documents.keeping import kept

ROW = 40
"""Characters within which a price follows the words it is for."""
INVISIBLE = re.compile(r"[\s\u200b\ufffe]")


@dataclass(frozen=True)
class Place:
    """Where something stands in a paper."""

    page: int
    """Counted from one."""
    article: str
    """The heading above it, with its number; empty before the first."""


@dataclass(frozen=True)
class Paper:
    """The text of a paper without what only spaces it, and where its articles begin."""

    pages: tuple[str, ...]
    articles: tuple[tuple[int, str], ...]
    """Position in the whole text, and the heading that stands there."""

    def place(self, words: str, figure: str = "") -> Place | None:
        """Return where words stand, if they do: where the figure follows them, or else first."""
        whole, wanted = "".join(self.pages), _squeezed(words)
        found = (
            [match.start() for match in re.finditer(re.escape(wanted), whole)] if wanted else []
        )
        if not found:
            return None
        priced = [at for at in found if figure and figure in _behind(whole, at + len(wanted))]
        at = (priced or found)[0]
        ends = list(accumulate(len(page) for page in self.pages))
        page = next(number for number, end in enumerate(ends, start=1) if at < end)
        before = [heading for start, heading in self.articles if start <= at]
        return Place(page, before[-1] if before else "")


def paper(books: Books, sha256: str) -> Paper:
    """Return the text of a paper that is kept; refused where it is missing or was changed."""
    with closing(pdfium.PdfDocument(kept(books, sha256))) as document:
        pages = tuple(_text(document, number) for number in range(len(document)))
        headings = [str(mark.get_title()) for mark in document.get_toc()]
    return Paper(pages, tuple(_articles("".join(pages), headings)))


def _text(document: pdfium.PdfDocument, number: int) -> str:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        return _squeezed(str(text.get_text_bounded()))


def _articles(whole: str, headings: list[str]) -> list[tuple[int, str]]:
    """Return where each heading stands, looked for behind the one before it."""
    found: list[tuple[int, str]] = []
    at = 0
    for heading in headings:
        start = whole.find(_squeezed(heading), at)
        if start >= 0:
            found.append((start, heading))
            at = start + 1
    return found


def _behind(whole: str, at: int) -> str:
    """Return what stands in the same row of a table, without the marks between thousands."""
    return whole[at : at + ROW].replace(",", "")


def _squeezed(text: str) -> str:
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
