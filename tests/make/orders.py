"""Orders under contracts, and the people who carry them out."""

from typing import Any

from tests.make.days import ENDS_ON, SHA, STARTS_ON
from tests.make.rows import put
from vendorops.books import Books
from vendorops.domain.lifecycle import WorkOrderStatus
from vendorops.domain.measure import price_e6
from vendorops.tables import Contract, OrderLine, Supplier, Worker, WorkOrder

NOT_VAULTED = "…0011"
"""The masked number of people whose number a maker did not put into the vault."""


def worker(books: Books, of: Supplier, **changed: Any) -> Worker:
    """A person who works for a supplier."""
    usual = {
        "reference": books.reference("WKR"),
        "supplier_id": of.id,
        "name": "王小明",
        "place": "cn",
        "identifier_scheme": "cn_citizen_id",
        "identifier_masked": NOT_VAULTED,
        "identifier_index": SHA,
    }
    return put(books, Worker, usual, changed)


def work_order(books: Books, under: Contract, price: str = "52.00", **changed: Any) -> WorkOrder:
    """An active order for the whole contract, with one line of hours."""
    usual = {
        "reference": books.reference("WO"),
        "form": "work_order",
        "contract_id": under.id,
        "title": "分拣 Sorting",
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "currency": under.currency,
        "budget_minor": 10_000_000,
        "requested_by": "lin.buyer",
        "ordered_on": STARTS_ON,
        "status": WorkOrderStatus.ACTIVE,
    }
    row = put(books, WorkOrder, usual, changed)
    order_line(books, row, price_e6=price_e6(price))
    return row


def order_line(books: Books, of: WorkOrder, **changed: Any) -> OrderLine:
    """One hourly price of an order from its first day on."""
    usual = {
        "work_order_id": of.id,
        "number": 1,
        "code": "regular_hours",
        "kind": "time",
        "description": "正常工时 Normal hour",
        "unit": "HUR",
        "price_e6": price_e6("52.00"),
        "valid_from": of.starts_on,
    }
    return put(books, OrderLine, usual, changed)
