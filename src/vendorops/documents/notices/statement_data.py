"""The statement of a settlement as data: what the paper says, and the law behind each tax."""

import json

from vendorops.books import Books, canonical
from vendorops.documents.notices.heading import heading
from vendorops.documents.notices.settlement import figure, statement_account
from vendorops.documents.statements import findings_of, withholdings_of
from vendorops.domain.money import Money
from vendorops.tables import Contract, Settlement, Supplier, Withholding


def statement_data(books: Books, settlement: Settlement, languages: str = "") -> dict[str, object]:
    """Return a settlement from gross over deductions and tax to net, each line with its reason.

    Amounts are texts as the paper writes them; `approved_sha256` is the content that was approved
    and that the payee confirms.
    """
    contract = books.get(Contract, settlement.contract_id)
    head = heading(books, contract, languages)
    return {
        **statement_account(books, settlement, head["languages"]),
        "supplier": books.get(Supplier, settlement.supplier_id).reference,
        "supplier_name": head["supplier_name"],
        "contract": contract.reference,
        "program": contract.program,
        "due_on": settlement.due_on.isoformat(),
        "status": settlement.status,
        "taxes": [_tax(row) for row in withholdings_of(books, settlement)],
        "findings": [finding.message for finding in findings_of(books, settlement)],
        "approved_sha256": settlement.content_sha256,
    }


def statement_json(books: Books, settlement: Settlement, languages: str = "") -> bytes:
    """Return the same as a file; the same rows give the same bytes."""
    return canonical(statement_data(books, settlement, languages)) + b"\n"


def _tax(row: Withholding) -> dict[str, object]:
    """Return one tax: what it is on, what it comes to, by which formula and numbers of the law."""

    def told(minor: int) -> str:
        return figure(Money(minor, row.currency))

    return {
        "what": row.tax,
        "month": row.month,
        "income": told(row.income_minor),
        "base": told(row.base_minor),
        "amount": told(row.amount_minor),
        "formula_since": row.rule,
        "law": json.loads(row.citations),
    }
