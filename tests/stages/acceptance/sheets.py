"""Service sheets as suppliers write them, and the contracts they are about."""

import json
from typing import Any

from tests import make
from vendorops.books import Books
from vendorops.tables import Contract, Party, Supplier


def line(**told: Any) -> dict[str, Any]:
    return {
        "term": "regular_hours",
        "description": "分拣 sorting, week 41",
        "performed_on": "2026-10-09",
        "quantity": "7.5",
        **told,
    }


def sheet(of: Contract, *lines: dict[str, Any], **told: Any) -> bytes:
    """The bytes of a sheet in JSON, which is YAML as well."""
    said = {
        "contract": of.reference,
        "month": "2026-10",
        "submitted_by": "he.hengxin",
        "lines": list(lines) or [line()],
        **told,
    }
    return json.dumps(said, ensure_ascii=False).encode()


def agreed(books: Books, **told: Any) -> Contract:
    """A contract in force whose supplier holds its documents, and people on both sides."""
    contract = make.contract(books, **told)
    make.people(books)
    supplier = books.get(Supplier, contract.supplier_id)
    make.licensed(books, supplier, contract.program, contract.place)
    make.signer(books, books.get(Party, supplier.party_id))
    return contract
