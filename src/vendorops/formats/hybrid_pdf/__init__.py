"""Factur-X and ZUGFeRD: a PDF that people read, with the CII invoice for machines inside.

What the page shows is not compared with what the attachment says: the attachment is the claim.
We write Factur-X 1.0 and read ZUGFeRD 1 (2014) besides.
"""

from vendorops.domain.paper import InvoicePaper
from vendorops.formats._cii.writing import write_cii
from vendorops.formats.hybrid_pdf.page import hybrid
from vendorops.formats.hybrid_pdf.reading import official_xml, read, recognises

__all__ = ["SUFFIX", "TITLE", "official_xml", "read", "recognises", "write"]

TITLE = "Factur-X or ZUGFeRD hybrid PDF"
SUFFIX = ".pdf"


def write(paper: InvoicePaper) -> bytes:
    """Return a PDF/A-3b with the CII invoice inside; the same paper gives the same bytes."""
    return hybrid(paper, write_cii(paper))
