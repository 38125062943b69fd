"""The text of a PDF as people see it: lines from left to right, with the gaps between columns."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pypdfium2 as pdfium

from vendorops.domain.refusal import Refused

LARGEST = 20 * 2**20
MOST_PAGES = 500
READ_PAGES = 30
"""Pages of which the text is read; heads and sums of invoices stand on the first or the last."""
MOST_LETTERS = 100_000
"""On one page; a page of small print has a tenth."""
NOT_ENCRYPTED = -1
"""What PDFium calls the security handler of a document that has none."""


Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


class UnreadablePdf(Refused):
    """The PDF is broken, locked or too large."""


@dataclass(frozen=True)
class Piece:
    """Text that stands together, in points from the left edge."""

    text: str
    left: float
    right: float


@dataclass(frozen=True)
class Line:
    """One printed line."""

    page: int
    number: int
    """From the top of the page, from one."""
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole line, a gap between columns as two blanks."""
        return "  ".join(piece.text for piece in self.pieces)

    @property
    def where(self) -> str:
        """The place in the file, for people."""
        return f"page {self.page}, line {self.number}"


def printed_lines(data: bytes) -> list[Line]:
    """Return the lines of all pages; none where a PDF holds only pictures."""
    if len(data) > LARGEST:
        raise UnreadablePdf(
            f"E_PDF_LIMIT: the PDF has {len(data)} bytes, more than {LARGEST}; make it smaller"
        )
    with closing(_opened(data)) as document:
        count = len(document)
        if count > MOST_PAGES:
            raise UnreadablePdf(
                f"E_PDF_LIMIT: the PDF has {count} pages, more than {MOST_PAGES}; split it"
            )
        chosen = [*range(min(count, READ_PAGES)), *range(READ_PAGES, count)[-1:]]
        try:
            return [line for at in chosen for line in _page(document, at)]
        except pdfium.PdfiumError as error:
            raise UnreadablePdf(
                "E_PDF_BROKEN: a page of the PDF is broken; export it again"
            ) from error


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
            raise _locked() from error
        raise UnreadablePdf(
            "E_PDF_BROKEN: the PDF is broken or cut off; export it again from its source"
        ) from error
    if pdfium.raw.FPDF_GetSecurityHandlerRevision(document) != NOT_ENCRYPTED:
        document.close()
        raise _locked()
    return document


def _locked() -> UnreadablePdf:
    return UnreadablePdf("E_PDF_ENCRYPTED: the PDF is encrypted; export it without protection")


def _page(document: pdfium.PdfDocument, at: int) -> Iterator[Line]:
    with closing(document[at]) as page, closing(page.get_textpage()) as text:
        count = text.count_chars()
        if count > MOST_LETTERS:
            raise UnreadablePdf(
                f"E_PDF_LIMIT: page {at + 1} has {count} letters, more than {MOST_LETTERS}"
            )
        pieces = [piece for piece in _pieces(text, count) if piece[1]]
    for number, row in enumerate(_rows(pieces), start=1):
        yield Line(at + 1, number, tuple(_joined(row)))


def _pieces(text: pdfium.PdfTextPage, count: int) -> Iterator[tuple[Box, str]]:
    """Yield what stands together: letters of one height without a gap as wide as they are high."""
    held: list[Box] = []
    said = ""
    for at in range(count):
        letter = chr(pdfium.raw.FPDFText_GetUnicode(text, at))
        if letter.isspace() or not letter.isprintable():
            ended = letter in "\r\n"
            said += "" if ended else " "
        else:
            box = text.get_charbox(at, loose=True)
            ended = bool(held) and _apart(held[-1], box)
        if ended and held:
            yield _around(held), " ".join(said.split())
            held, said = [], ""
        if not letter.isspace() and letter.isprintable():
            held.append(box)
            said += letter
    if held:
        yield _around(held), " ".join(said.split())


def _apart(before: Box, after: Box) -> bool:
    height = max(before[3] - before[1], 1)
    gap = after[0] - before[2]
    return abs(_middle(after) - _middle(before)) > height / 2 or not -height < gap < height


def _around(boxes: list[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _rows(pieces: list[tuple[Box, str]]) -> list[list[tuple[Box, str]]]:
    """Group pieces that stand at one height."""
    rows: list[list[tuple[Box, str]]] = []
    for piece in sorted(pieces, key=lambda each: (-_middle(each[0]), each[0][0])):
        height = max(piece[0][3] - piece[0][1], 1)
        if rows and abs(_middle(rows[-1][0][0]) - _middle(piece[0])) < height / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _joined(row: list[tuple[Box, str]]) -> Iterator[Piece]:
    """Join what stands closer together than columns do."""
    held: Piece | None = None
    for (left, bottom, right, top), said in sorted(row):
        near = held is not None and left - held.right < max(top - bottom, 1)
        if held is not None and near:
            gap = " " if left - held.right > (top - bottom) / 8 else ""
            held = Piece(held.text + gap + said, held.left, max(held.right, right))
            continue
        if held is not None:
            yield held
        held = Piece(said, left, right)
    if held is not None:
        yield held
