"""Answers to suppliers' invoices: what each comes to today, as Peppol's Invoice Response."""

from vendorops.documents.invoice_responses.codes import codes, endpoint_scheme
from vendorops.documents.invoice_responses.content import (
    ANSWERED,
    NotAddressable,
    content_of,
    response_file,
    response_file_again,
)

__all__ = [
    "ANSWERED",
    "NotAddressable",
    "codes",
    "content_of",
    "endpoint_scheme",
    "response_file",
    "response_file_again",
]
