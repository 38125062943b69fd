"""Reads the text of a PDF, or says why not; for untrusted bytes, in a limited child process."""

from contextlib import closing
from dataclasses import dataclass

import pypdfium2 as pdfium

from vendorops.domain.refusal import Refused

TAIL = 1024
"""Bytes at either end within which readers look for a PDF's first and last words."""
NOT_ENCRYPTED = -1
"""What PDFium calls the security handler of a document that has none."""


class UnreadablePdf(Refused):
    """The file cannot be read as a PDF with text."""


@dataclass(frozen=True)
class PdfFacts:
    """What a PDF says."""

    pages: int
    text: str
    """Page after page, separated by form feeds, lines ended by line feeds."""


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
            raise UnreadablePdf("the PDF asks for a password; send it without one") from error
        raise UnreadablePdf("the PDF is broken; export it again from its source") from error


def _page_text(document: pdfium.PdfDocument, number: int) -> str:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        return str(text.get_text_bounded()).replace("\r\n", "\n").replace("\r", "\n")


def pdf_facts(data: bytes) -> PdfFacts:
    """Return pages and text; refused when the file is no PDF, cut off, locked or only images."""
    if b"%PDF-" not in data[:TAIL]:
        raise UnreadablePdf("the file is not a PDF; send a PDF")
    if b"%%EOF" not in data[-TAIL:]:
        raise UnreadablePdf("the PDF is cut off before its end; send the whole file again")
    with closing(_opened(data)) as document:
        if pdfium.raw.FPDF_GetSecurityHandlerRevision(document) != NOT_ENCRYPTED:
            raise UnreadablePdf("the PDF is encrypted; export it again without protection")
        try:
            pages = [_page_text(document, number) for number in range(len(document))]
        except pdfium.PdfiumError as error:
            raise UnreadablePdf("a page of the PDF is broken; export it again") from error
    if not "".join(pages).strip():
        raise UnreadablePdf("the PDF has no text, only pictures; send the original, not a scan")
    return PdfFacts(pages=len(pages), text="\f".join(pages))
