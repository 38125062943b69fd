"""数电票 as XML: China's digital invoice, and electronic VAT invoices of the system before it.

No published rule set judges it, so its arithmetic and its numbers are checked while it is read.
The signature of the tax bureau is not verified: ask the national invoice check platform.
"""

from vendorops.domain.claim import ClaimDocument
from vendorops.formats._fapiao.opening import looks_like_fapiao, read_fapiao

TITLE = "Chinese digital invoice (数电票) as XML"


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell whether the file looks like a Chinese invoice: a cheap look, not a check."""
    return looks_like_fapiao(data)


def read(data: bytes) -> ClaimDocument:
    """Return what the invoice says; refused when it is broken or contradicts itself."""
    return read_fapiao(data, "cn_fapiao")
