"""ZUGFeRD 1.0 (2014): CII before D16B, in a namespace of its own; old software still sends it."""

from vendorops.domain.claim import ClaimDocument
from vendorops.formats._cii.names import ZUGFERD_1
from vendorops.formats._cii.reading import looks_like_cii, read_cii

TITLE = "ZUGFeRD 1.0 invoice as XML"


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell whether the file looks like ZUGFeRD 1: a cheap look, not a check."""
    return looks_like_cii(data, ZUGFERD_1)


def read(data: bytes) -> ClaimDocument:
    """Return what the invoice says; refused when it is broken or contradicts itself."""
    return read_cii(data, "zugferd1", ZUGFERD_1)
