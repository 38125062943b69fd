"""Invoices that we write in suppliers' names: what they say, and their files in any format."""

from vendorops.documents.self_billed.content import (
    BilledWork,
    Content,
    Heading,
    billed_memo,
    billed_work,
)
from vendorops.documents.self_billed.files import self_billed_file, self_billed_file_again
from vendorops.documents.self_billed.papers import NotBillable, masked_paper

__all__ = [
    "BilledWork",
    "Content",
    "Heading",
    "NotBillable",
    "billed_memo",
    "billed_work",
    "masked_paper",
    "self_billed_file",
    "self_billed_file_again",
]
