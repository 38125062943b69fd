"""Hybrid PDF in: the invoice for machines is taken out and read; the page is not."""

from contextlib import closing

import pypdfium2 as pdfium

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.refusal import Refused
from vendorops.formats._cii.names import D16B, ZUGFERD_1
from vendorops.formats._cii.reading import looks_like_cii, read_cii
from vendorops.formats._claim import NotAnInvoice

NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
"""What Factur-X 1.0, ZUGFeRD 1 and 2 and XRechnung call the attachment, in lower case."""
MARK_WITHIN = 1024
"""Bytes within which readers look for a PDF's first word."""
LARGEST = 50 * 2**20
MOST_ATTACHMENTS = 100


class UnreadablePdf(Refused):
    """The PDF is broken, locked or too large."""


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell whether the file is a PDF that carries a file under a name that e-invoices have.

    One that cannot be opened is no hybrid; whoever reads plain PDFs says what is wrong with it.
    """
    if b"%PDF-" not in data[:MARK_WITHIN]:
        return False
    try:
        return bool(_attached(data))
    except UnreadablePdf:
        return False


def read(data: bytes) -> ClaimDocument:
    """Return what the invoice inside the PDF says; refused when there is none, or not just one.

    Some software puts the same invoice in twice, as ZUGFeRD 1 and as its successor: the newer one
    counts, once both were found to say the same.
    """
    attached = _attached(data)
    older, newer = (
        [read_cii(content, "hybrid_pdf", dialect) for content in attached if looks(content)]
        for dialect, looks in ((ZUGFERD_1, _is_older), (D16B, looks_like_cii))
    )
    if not older + newer:
        raise NotAnInvoice(
            "the PDF has no e-invoice inside; send a Factur-X or ZUGFeRD PDF, or an XML invoice"
        )
    if max(len(older), len(newer)) > 1 or (older and newer and not _agree(older[0], newer[0])):
        raise NotAnInvoice(
            f"the PDF has {len(older + newer)} e-invoices inside; send one per file"
        )
    return (newer or older)[0]


def official_xml(data: bytes) -> bytes:
    """Return the one invoice in a syntax that official rules judge; refused when there is none."""
    newer = [content for content in _attached(data) if looks_like_cii(content)]
    if len(newer) != 1:
        raise NotAnInvoice(f"the PDF has {len(newer)} CII invoices inside that could be judged")
    return newer[0]


def _is_older(content: bytes) -> bool:
    return looks_like_cii(content, ZUGFERD_1)


def _agree(older: ClaimDocument, newer: ClaimDocument) -> bool:
    """Tell whether two of one file claim the same: only their wording may differ."""

    def essence(claim: ClaimDocument) -> tuple[object, ...]:
        lines = [(line.quantity_e4, line.net, line.tax_rate_e4) for line in claim.lines]
        figures = (claim.net, claim.tax, claim.gross, claim.payable)
        return claim.number, claim.issue_date, claim.kind, claim.payee_accounts, figures, lines

    return essence(older) == essence(newer)


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
            return [bytes(file.get_data()) for file in named]
    except pdfium.PdfiumError as error:
        raise UnreadablePdf(
            "the PDF is broken or asks for a password; export it again without protection"
        ) from error
