"""Invoices as suppliers send them, and the books they arrive in."""

import csv
from datetime import date
from io import StringIO
from typing import Any, NamedTuple, cast

from tests import make
from vendorops.books import Books
from vendorops.domain.measure import extended, price_e6, price_text, quantity_e4, quantity_text
from vendorops.domain.paper import InvoicePaper, PaperLine, PaperParty
from vendorops.formats import PrintedFormat, formats
from vendorops.tables import Contract, Supplier, WorkItem

SELLER = "91310000000000000U"
"""A well-formed number of nobody."""


class Known(NamedTuple):
    """A supplier whose work was accepted."""

    supplier: Supplier
    contract: Contract
    items: list[WorkItem]


def known(books: Books, number: str = SELLER, **told: Any) -> Known:
    """A supplier found by its number, and a contract with two accepted pieces of work."""
    supplier = make.supplier(books, make.party(books, number))
    contract = make.contract(books, supplier, **told)
    work = [make.done("40"), make.done("2", term="overtime_hours", price="69.75")]
    return Known(
        supplier, contract, make.items_of(books, make.service_sheet(books, contract, work))
    )


def line(work: WorkItem | None = None, **told: Any) -> PaperLine:
    said: dict[str, Any] = {
        "number": "1",
        "description": "分拣 sorting",
        "quantity_e4": work.quantity_e4 if work else quantity_e4("40"),
        "unit": "HUR",
        "price_e6": work.price_e6 if work else price_e6("46.50"),
        "tax_category": "S",
        "tax_rate_e4": 600,
        "work_reference": work.reference if work else "",
    }
    return PaperLine(**(said | told))


def paper(of: Known, **told: Any) -> InvoicePaper:
    """An invoice for all work of a contract."""
    numbered = enumerate(of.items, start=1)
    said: dict[str, Any] = {
        "number": "HX-2026-10",
        "issue_date": date(2026, 10, 31),
        "due_date": date(2026, 11, 30),
        "type_code": "380",
        "currency": of.contract.currency,
        "seller": PaperParty(
            "恒信劳务派遣有限公司", "CN", SELLER, SELLER, "路1号", "昆山", "215300"
        ),
        "buyer": PaperParty("星河制造集团有限公司", "CN", "", "", "路2号", "上海", "200000"),
        "contract_reference": of.contract.reference,
        "lines": tuple(line(item, number=str(number)) for number, item in numbered),
    }
    return InvoicePaper(**(said | told))


def written(name: str, document: InvoicePaper) -> bytes:
    """The file of one format."""
    return cast("PrintedFormat", formats()[name]).write(document)


def statement(of: Known, **told: Any) -> bytes:
    """A statement in CSV of the same work; columns given replace those of each row."""
    rows = [_row(of, number, item) | told for number, item in enumerate(of.items, start=1)]
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _row(of: Known, number: int, item: WorkItem) -> dict[str, str]:
    return {
        "statement": "S-2026-10",
        "date": "2026-10-31",
        "currency": of.contract.currency,
        "seller id": of.supplier.reference,
        "contract": of.contract.reference,
        "line": str(number),
        "description": item.description,
        "quantity": quantity_text(item.quantity_e4),
        "price": price_text(item.price_e6),
        "amount": extended(item.quantity_e4, item.price_e6, item.currency).text,
        "work reference": item.reference,
    }
