"""Enters what was agreed and done into empty books, and lets the claims arrive as files."""

from collections.abc import Iterator

from sqlalchemy import Connection

from vendorops.bench._company import PLACES, enter_company, enter_supplier
from vendorops.bench._filling import fill
from vendorops.bench._seeded.sent import TAX_E4, Month, Sent
from vendorops.bench._seeded.writing import mailed, written
from vendorops.books import Books
from vendorops.stages.intake import receive
from vendorops.tables import InputTax, WorkItem


def enter(connection: Connection, month: Month) -> None:
    """Enter our company with its tolerances and taxes, suppliers, contracts and work."""
    enter_company(connection)
    taxes = {"id": [*range(1, len(PLACES) + 1)], "place": [*PLACES], "program": "staffing"}
    since = {"valid_from": "2026-01-01", "cite": "VAT law", "supplier_id": None}
    fill(connection, InputTax, {**taxes, **since, "category": "S", "rate_e4": TAX_E4})
    for number, currency in month.suppliers.items():
        contracts = [2 * number, 2 * number + 1]
        enter_supplier(connection, number, currency=currency, contracts=contracts, caps=month.caps)
    _enter_work(connection, month)


def _enter_work(connection: Connection, month: Month) -> None:
    works = month.works
    columns = {
        "id": [work.key for work in works],
        "reference": [work.reference for work in works],
        "service_sheet_id": [work.contract for work in works],
        "contract_id": [work.contract for work in works],
        "order_line_id": None,
        "line": [work.key for work in works],
        "term": [work.term for work in works],
        "description": [f"Sorting, person {work.key % 977}" for work in works],
        "performed_on": [work.performed_on.isoformat() for work in works],
        "quantity_e4": [work.quantity_e4 for work in works],
        "accepted_e4": [work.accepted_e4 for work in works],
        "price_e6": [work.price_e6 for work in works],
        "currency": [work.currency for work in works],
        "accepted_on": [
            work.accepted_on.isoformat() if work.accepted_on else None for work in works
        ],
    }
    fill(connection, WorkItem, columns)


def arrive(books: Books, month: Month) -> Iterator[tuple[int, Sent]]:
    """Take every claim in as its file; yield the key of each file with the claim in it."""
    for claim in month.claims:
        name, data = written(claim)
        yield receive(books, data, name).id, claim
        if claim.posted:
            receive(books, mailed(name, data), f"{name}.eml")
