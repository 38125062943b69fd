"""Marks the invoices of settlements as paid, in full or in part."""

from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.tables import Invoice, InvoiceLine, SettlementLine

PAID = {
    InvoiceStatus.ACCEPTED: InvoiceStatus.PAID,
    InvoiceStatus.CONDITIONALLY_ACCEPTED: InvoiceStatus.PART_PAID,
}


def mark_paid(books: Books, settlements: Sequence[int], because: str) -> None:
    """Move every invoice with a line in one of the settlements, each once."""
    lines = (
        select(InvoiceLine.invoice_id)
        .join(SettlementLine, col(SettlementLine.invoice_line_id) == col(InvoiceLine.id))
        .where(col(SettlementLine.settlement_id).in_(settlements))
    )
    query = select(Invoice).where(col(Invoice.id).in_(lines))
    for invoice in books.session.exec(query.order_by(col(Invoice.reference))).all():
        books.move(invoice, PAID[InvoiceStatus(invoice.status)], because=because)
