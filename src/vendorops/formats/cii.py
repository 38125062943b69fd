"""UN/CEFACT Cross Industry Invoice D16B with the core of EN 16931."""

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.paper import InvoicePaper
from vendorops.formats._cii.reading import looks_like_cii, read_cii
from vendorops.formats._cii.writing import write_cii

TITLE = "CII D16B invoice or credit note (EN 16931, Factur-X, XRechnung)"
SUFFIX = ".xml"


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell whether the file looks like CII: a cheap look, not a check."""
    return looks_like_cii(data)


def read(data: bytes) -> ClaimDocument:
    """Return what the invoice says; refused when it is broken or contradicts itself."""
    return read_cii(data, "cii")


def official_xml(data: bytes) -> bytes:
    """Return what the rules of e-invoices judge: the file as it came."""
    return data


def write(paper: InvoicePaper) -> bytes:
    """Return the invoice or credit note; the same paper gives the same bytes."""
    return write_cii(paper)
