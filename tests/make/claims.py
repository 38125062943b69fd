"""What suppliers claim, and how it was explained."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from tests.make.days import AS_OF, MONTH, SHA
from tests.make.rows import put
from tests.make.work import contract
from vendorops.books import Books
from vendorops.domain.lifecycle import InvoiceStatus, ReceivedFileStatus, ReconciliationStatus
from vendorops.domain.measure import extended, price_e6, quantity_e4
from vendorops.domain.money import Money, Rounding, total
from vendorops.tables import (
    Allocation,
    Contract,
    Difference,
    InputTax,
    Invoice,
    InvoiceLine,
    LineCoverage,
    ReceivedFile,
    Reconciliation,
    Supplier,
    Tolerance,
    WorkItem,
)


def received_file(books: Books, **changed: Any) -> ReceivedFile:
    """A file that was booked."""
    usual = {
        "reference": books.reference("FIL"),
        "sha256": f"{books.key():064x}",
        "name": "invoice.xml",
        "size": 2048,
        "received_on": AS_OF,
        "status": ReceivedFileStatus.BOOKED,
    }
    return put(books, ReceivedFile, usual, changed)


def claimed(
    work: WorkItem | None = None, quantity: str = "40", price: str = "46.50", **changed: Any
) -> dict[str, Any]:
    """Return the columns of one invoice line at six per cent tax, for that work or for none."""
    net = extended(quantity_e4(quantity), price_e6(price), changed.get("currency", "CNY"))
    return {
        "description": "分拣 sorting",
        "quantity_e4": quantity_e4(quantity),
        "price_e6": price_e6(price),
        "net_minor": net.minor,
        "tax_category": "S",
        "tax_rate_e4": 600,
        "work_reference": work.reference if work else "",
        "work_item_id": work.id if work else None,
        **{name: value for name, value in changed.items() if name != "currency"},
    }


def invoice(
    books: Books,
    of: Contract | None = None,
    lines: Sequence[dict[str, Any]] | None = None,
    **changed: Any,
) -> Invoice:
    """An invoice in process, of one line unless given others made by `claimed`."""
    of = of or contract(books)
    lines = [claimed()] if lines is None else lines
    currency = changed.get("currency", of.currency)
    net = total([Money(line["net_minor"], currency) for line in lines], currency)
    tax = total([_tax(line, currency) for line in lines], currency)
    reference = books.reference("INV")
    usual = {
        "reference": reference,
        "received_file_id": changed.get("received_file_id") or received_file(books).id,
        "supplier_id": of.supplier_id,
        "contract_id": of.id,
        "kind": "invoice",
        "format": "ubl",
        "number": f"HX-{reference[-6:]}",
        "number_normalised": f"HX{reference[-6:]}",
        "issue_date": date(2026, 10, 31),
        "month": MONTH,
        "currency": currency,
        "net_minor": net.minor,
        "tax_minor": tax.minor,
        "gross_minor": (net + tax).minor,
        "status": InvoiceStatus.IN_PROCESS,
    }
    row = put(books, Invoice, usual, changed)
    for number, line in enumerate(lines, start=1):
        where = {"invoice_id": row.id, "line": number, "number": str(number)}
        put(books, InvoiceLine, where, line)
    return row


def _tax(line: dict[str, Any], currency: str) -> Money:
    rate = Decimal(line["tax_rate_e4"]).scaleb(-4)
    return Money(line["net_minor"], currency).times(rate, rounding=Rounding.HALF_UP)


def lines_of(books: Books, of: Invoice) -> list[InvoiceLine]:
    """Return the lines of an invoice in their order."""
    query = select(InvoiceLine).where(col(InvoiceLine.invoice_id) == of.id)
    return list(books.session.exec(query.order_by(col(InvoiceLine.line))))


def line_coverage(books: Books, line: InvoiceLine, **changed: Any) -> LineCoverage:
    """What a line covers: give a sheet, an order, or an order and a number."""
    return put(books, LineCoverage, {"invoice_line_id": line.id}, changed)


def tolerance(books: Books, **changed: Any) -> Tolerance:
    """One per cent of a staffing price, one yuan at most."""
    usual = {
        "step": "price",
        "program": "staffing",
        "term": "",
        "supplier_id": None,
        "currency": "CNY",
        "share_e6": 10_000,
        "amount_minor": 100,
        "valid_from": date(2026, 1, 1),
        "cite": "framework agreement, annex 2",
    }
    return put(books, Tolerance, usual, changed)


def input_tax(books: Books, **changed: Any) -> InputTax:
    """Six per cent on all staffing work in China."""
    usual = {
        "place": "cn",
        "program": "staffing",
        "term": "",
        "supplier_id": None,
        "category": "S",
        "rate_e4": 600,
        "valid_from": date(2026, 1, 1),
        "cite": "Value-Added Tax Law, art. 10",
    }
    return put(books, InputTax, usual, changed)


def reconciliation(books: Books, of: Supplier, **changed: Any) -> Reconciliation:
    """A sealed month of a supplier."""
    usual = {
        "reference": books.reference("REC"),
        "supplier_id": of.id,
        "month": MONTH,
        "as_of": AS_OF,
        "rules": "{}",
        "inputs_sha256": SHA,
        "result_sha256": SHA,
        "status": ReconciliationStatus.SEALED,
    }
    return put(books, Reconciliation, usual, changed)


def allocation(
    books: Books, of: Reconciliation, line: InvoiceLine, work: WorkItem, **changed: Any
) -> Allocation:
    """The whole of a line, explained by that work."""
    usual = {
        "reconciliation_id": of.id,
        "invoice_line_id": line.id,
        "work_item_id": work.id,
        "quantity_e4": line.quantity_e4,
        "amount_minor": line.net_minor,
    }
    return put(books, Allocation, usual, changed)


def difference(books: Books, of: Reconciliation, line: InvoiceLine, **changed: Any) -> Difference:
    """One yuan above the agreed price, disputed."""
    usual = {
        "reconciliation_id": of.id,
        "invoice_line_id": line.id,
        "reason": "price_above_term",
        "amount_minor": 100,
        "treatment": "disputed",
    }
    return put(books, Difference, usual, changed)
