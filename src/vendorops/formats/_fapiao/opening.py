"""Opens the XML of a Chinese invoice, whichever kind it is."""

from lxml import etree

from vendorops.domain.claim import ClaimDocument
from vendorops.formats._claim import NotAnInvoice
from vendorops.formats._fapiao.accounting import read_accounting
from vendorops.formats._fapiao.digital import read_digital
from vendorops.formats._fapiao.names import (
    ACCOUNTING,
    ACCOUNTING_ROOT,
    DIGITAL_ROOT,
    SIGNS,
    TAX_CONTROL,
    TAX_CONTROL_ROOT,
)
from vendorops.formats._fapiao.tax_control import read_tax_control
from vendorops.formats._xml import Node, looks_like, opened


def looks_like_fapiao(data: bytes) -> bool:
    """Tell by a cheap look whether a file is the XML of a Chinese invoice."""
    return looks_like(data, SIGNS)


def read_fapiao(data: bytes, format_name: str) -> ClaimDocument:
    """Return what the invoice says; refused when it is broken or contradicts itself."""
    element = opened(data)
    root = etree.QName(element).localname
    if root == DIGITAL_ROOT:
        return read_digital(Node(element, {}), format_name)
    if root == TAX_CONTROL_ROOT:
        return read_tax_control(Node(element, TAX_CONTROL), format_name)
    if root == ACCOUNTING_ROOT:
        return read_accounting(Node(element, ACCOUNTING), format_name)
    raise NotAnInvoice(f"the file is a {root}; send the XML of a digital invoice (数电票)")
