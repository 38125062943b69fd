"""The statement of a settlement as data: what the paper says, and the law behind each tax."""

import json
from collections.abc import Callable

from vendorops.books import Books, canonical
from vendorops.documents.notices.heading import heading
from vendorops.documents.notices.settlement import statement_account, written
from vendorops.documents.notices.tax_names import tax_name
from vendorops.documents.statements import findings_of, withholdings_of
from vendorops.domain.money import Money
from vendorops.tables import Contract, Settlement, Supplier, Withholding


def plain(money: Money) -> str:
    """Write an amount as programs read it, such as `1971.60`."""
    return money.text


def statement_data(
    books: Books,
    settlement: Settlement,
    languages: str = "",
    write: Callable[[Money], str] = plain,
) -> dict[str, object]:
    """Return a settlement from gross over deductions and tax to net, each line with its reason.

    Amounts are texts in major units; `approved_sha256` is the content that was approved and that
    the payee confirms.
    """
    contract = books.get(Contract, settlement.contract_id)
    head = heading(books, contract, languages)
    return {
        **written(statement_account(books, settlement, head["languages"]), write),
        "supplier": books.get(Supplier, settlement.supplier_id).reference,
        "supplier_name": head["supplier_name"],
        "contract": contract.reference,
        "program": contract.program,
        "due_on": settlement.due_on.isoformat(),
        "status": settlement.status,
        "taxes": [
            _tax(row, head["languages"], write) for row in withholdings_of(books, settlement)
        ],
        "findings": [finding.message for finding in findings_of(books, settlement)],
        "approved_sha256": settlement.content_sha256,
    }


def statement_json(books: Books, settlement: Settlement, languages: str = "") -> bytes:
    """Return the same as a file; the same rows give the same bytes."""
    return canonical(statement_data(books, settlement, languages)) + b"\n"


def _tax(row: Withholding, languages: str, write: Callable[[Money], str]) -> dict[str, object]:
    """Return one tax: what it is on, what it comes to, by which formula and numbers of the law."""
    income, base, amount = (
        write(Money(minor, row.currency))
        for minor in (row.income_minor, row.base_minor, row.amount_minor)
    )
    return {
        "what": row.tax,
        "title": tax_name(row.place, row.tax, languages),
        "month": row.month,
        "income": income,
        "base": base,
        "amount": amount,
        "formula_since": row.rule,
        "law": json.loads(row.citations),
    }
