"""Papers that follow from the books: what was accepted, and what is paid for it and why."""

from vendorops.documents.notices.acceptance import NotAnswered, acceptance_note
from vendorops.documents.notices.pro_forma import pro_forma_paper
from vendorops.documents.notices.settlement import figure, settlement_paper
from vendorops.documents.notices.statement_data import plain, statement_data, statement_json
from vendorops.documents.notices.withholding import (
    Certified,
    NothingDeclared,
    withholding_certificate,
)

__all__ = [
    "Certified",
    "NotAnswered",
    "NothingDeclared",
    "acceptance_note",
    "figure",
    "plain",
    "pro_forma_paper",
    "settlement_paper",
    "statement_data",
    "statement_json",
    "withholding_certificate",
]
