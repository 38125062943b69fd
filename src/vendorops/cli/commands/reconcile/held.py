"""Lists the claims of a month that are not matched, because they look like earlier ones."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col

from vendorops.books import Books
from vendorops.cli.monthly import Section, amount
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import InvoiceStatus, PossibleDuplicateStatus
from vendorops.tables import Invoice, PossibleDuplicate, Supplier


def held(books: Books) -> Section:
    """Return each claim that waits for a word on what it looks like, and whose word that is."""
    earlier = aliased(Invoice)
    query = (
        select(Invoice, col(Supplier.reference), col(earlier.reference))
        .join(PossibleDuplicate, col(PossibleDuplicate.invoice_id) == col(Invoice.id))
        .join(earlier, col(earlier.id) == col(PossibleDuplicate.earlier_id))
        .join(Supplier, col(Supplier.id) == col(Invoice.supplier_id))
        .where(
            col(Invoice.month) == books.month.label,
            col(Invoice.status) == InvoiceStatus.ACKNOWLEDGED.value,
            col(PossibleDuplicate.status) == PossibleDuplicateStatus.OPEN.value,
        )
        .order_by(col(Invoice.reference), col(earlier.reference))
    )
    rows: dict[str, dict[str, Any]] = {}
    for invoice, supplier, looks_like in books.session.execute(query):
        if invoice.reference not in rows:
            rows[invoice.reference] = _row(books, invoice, supplier)
        rows[invoice.reference]["looks_like"].append(looks_like)
    return Section(
        "Held: not matched, as it looks like an earlier claim", "held", [*rows.values()]
    )


def _row(books: Books, invoice: Invoice, supplier: str) -> dict[str, Any]:
    return {
        "invoice": invoice.reference,
        "supplier": supplier,
        "claimed": amount(invoice.net_minor, invoice.currency),
        "looks_like": [],
        **waits_for(books, invoice),
    }
