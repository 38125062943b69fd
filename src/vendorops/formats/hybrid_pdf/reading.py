"""Hybrid PDF in: the invoice for machines is taken out and read; the page is not."""

from contextlib import closing

import pypdfium2 as pdfium

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.refusal import Refused
from vendorops.formats._cii.reading import looks_like_cii, read_cii
from vendorops.formats._claim import NotAnInvoice

NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
"""What Factur-X 1.0, ZUGFeRD 2.0 and XRechnung call the attachment, in lower case."""
MARK_WITHIN = 1024
"""Bytes within which readers look for a PDF's first word."""
LARGEST = 50 * 2**20
MOST_ATTACHMENTS = 100


class UnreadablePdf(Refused):
    """The PDF is broken, locked or too large."""


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell whether the file is a PDF: a cheap look, not a check."""
    return b"%PDF-" in data[:MARK_WITHIN]


def read(data: bytes) -> ClaimDocument:
    """Return what the invoice inside the PDF says; refused when there is none, or not just one."""
    found = _attached(data)
    if not found:
        raise NotAnInvoice(
            "the PDF has no e-invoice inside; send a Factur-X or ZUGFeRD 2 PDF, or an XML invoice"
        )
    if len(found) > 1:
        raise NotAnInvoice(f"the PDF has {len(found)} e-invoices inside; send one per file")
    return read_cii(found[0], "hybrid_pdf")


def _attached(data: bytes) -> list[bytes]:
    if len(data) > LARGEST:
        raise UnreadablePdf(f"the PDF has {len(data)} bytes, more than {LARGEST}; make it smaller")
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            count = document.count_attachments()
            if count > MOST_ATTACHMENTS:
                raise UnreadablePdf(f"the PDF has {count} attachments; send the invoice alone")
            files = [document.get_attachment(at) for at in range(count)]
            named = [file for file in files if file.get_name().lower() in NAMES]
            contents = [bytes(file.get_data()) for file in named]
    except pdfium.PdfiumError as error:
        raise UnreadablePdf(
            "the PDF is broken or asks for a password; export it again without protection"
        ) from error
    return [content for content in contents if looks_like_cii(content)]
