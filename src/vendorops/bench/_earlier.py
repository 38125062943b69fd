"""Looks up claims of one supplier among very many earlier ones of its own."""

from collections.abc import Sequence
from datetime import date, timedelta
from time import perf_counter

from sqlalchemy import insert

from vendorops.bench._company import enter_company, enter_supplier
from vendorops.books import Books
from vendorops.claiming.duplicates import alike_to, sights
from vendorops.claiming.duplicates.finding import enter_keys_of_many
from vendorops.tables import Invoice, InvoiceLine, ReceivedFile

FIRST = date(2024, 1, 1)
DAYS = 1000
AMOUNTS = 500
"""So many different amounts, one of them claimed by every tenth claim."""
AT_ONCE = 5_000
SAMPLE = 200


def look_up(books: Books, earlier: int) -> list[float]:
    """Return how long, in milliseconds, single claims took among so many earlier ones."""
    enter_company(books.session.connection())
    enter_supplier(books.session.connection(), 1, contracts=[2])
    for start in range(1, earlier + 1, AT_ONCE):
        _enter(books, range(start, min(start + AT_ONCE, earlier + 1)))
    took: list[float] = []
    for ident in range(1, earlier + 1, max(earlier // SAMPLE, 1)):
        begun = perf_counter()
        (claim,) = sights(books, [ident])
        alike_to(books, claim)
        took.append((perf_counter() - begun) * 1000)
    return took


def _enter(books: Books, idents: Sequence[int]) -> None:
    connection = books.session.connection()
    connection.execute(insert(ReceivedFile), [_file(ident) for ident in idents])
    connection.execute(insert(Invoice), [_invoice(ident) for ident in idents])
    connection.execute(insert(InvoiceLine), [_line(ident) for ident in idents])
    enter_keys_of_many(books, sights(books, idents))


def _file(ident: int) -> dict[str, object]:
    came = {"name": "x", "size": 1, "received_on": FIRST, "status": "booked"}
    return {"id": ident, "reference": f"FIL-{ident}", "sha256": f"{ident:064x}", **came}


def _amount(ident: int) -> int:
    return 100_000 if ident % 10 == 0 else 100_000 + ident * 7_919 % AMOUNTS * 100


def _invoice(ident: int) -> dict[str, object]:
    return {
        "id": ident,
        "reference": f"INV-{ident}",
        "received_file_id": ident,
        "supplier_id": 2,
        "contract_id": 2,
        "kind": "invoice",
        "format": "ubl",
        "number": f"A-{ident:07d}",
        "number_normalised": f"A{ident:07d}",
        "issue_date": FIRST + timedelta(days=ident % DAYS),
        "month": "2024-01",
        "currency": "CNY",
        "net_minor": _amount(ident),
        "tax_minor": 0,
        "gross_minor": _amount(ident),
        "status": "paid",
    }


def _line(ident: int) -> dict[str, object]:
    return {
        "id": ident,
        "invoice_id": ident,
        "line": 1,
        "number": "1",
        "description": f"Transport {ident % 97}",
        "quantity_e4": 10_000,
        "price_e6": _amount(ident) * 10_000,
        "net_minor": _amount(ident),
        "tax_category": "S",
        "tax_rate_e4": 0,
        "work_reference": "",
        "work_item_id": None,
    }
