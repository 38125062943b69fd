"""Opens the XML of a Chinese invoice, whichever kind it is."""

from lxml import etree

from vendorops.domain.claim import ClaimDocument
from vendorops.formats._claim import NotAnInvoice
from vendorops.formats._fapiao.coded import SYSTEM, XBRL, read_coded
from vendorops.formats._fapiao.digital import read_digital
from vendorops.formats._fapiao.names import ACCOUNTING_ROOT, DIGITAL_ROOT, SIGNS, TAX_CONTROL_ROOT
from vendorops.formats._xml import Node, looks_like, opened

CODED = {TAX_CONTROL_ROOT: SYSTEM, ACCOUNTING_ROOT: XBRL}
"""Root elements of invoices that have a code besides their number."""


def looks_like_fapiao(data: bytes) -> bool:
    """Tell by a cheap look whether a file is the XML of a Chinese invoice."""
    return looks_like(data, SIGNS)


def read_fapiao(data: bytes, format_name: str) -> ClaimDocument:
    """Return what the invoice says; refused when it is broken or contradicts itself."""
    element = opened(data)
    root = etree.QName(element).localname
    if root == DIGITAL_ROOT:
        return read_digital(Node(element, {}), format_name)
    if root in CODED:
        layout = CODED[root]
        return read_coded(Node(element, layout.names), format_name, layout)
    raise NotAnInvoice(f"the file is a {root}; send the XML of a digital invoice (数电票)")
