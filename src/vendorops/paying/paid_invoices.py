"""Marks the invoices of settlements as paid, in full or in part, and as owed again."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.tables import Invoice, InvoiceLine, SettlementLine

PAID = {
    InvoiceStatus.ACCEPTED: InvoiceStatus.PAID,
    InvoiceStatus.CONDITIONALLY_ACCEPTED: InvoiceStatus.PART_PAID,
}


OWED = {after: before for before, after in PAID.items()}


def mark_paid(books: Books, settlements: Sequence[int], because: str) -> None:
    """Move every invoice with a line in one of the settlements, each once."""
    _mark(books, settlements, PAID, because)


def mark_owed(books: Books, settlements: Sequence[int], because: str) -> None:
    """Take `mark_paid` back: the money came back, or never went."""
    _mark(books, settlements, OWED, because)


def _mark(
    books: Books,
    settlements: Sequence[int],
    arrows: Mapping[InvoiceStatus, InvoiceStatus],
    because: str,
) -> None:
    lines = (
        select(InvoiceLine.invoice_id)
        .join(SettlementLine, col(SettlementLine.invoice_line_id) == col(InvoiceLine.id))
        .where(col(SettlementLine.settlement_id).in_(settlements))
    )
    query = select(Invoice).where(col(Invoice.id).in_(lines))
    for invoice in books.session.exec(query.order_by(col(Invoice.reference))).all():
        books.move(invoice, arrows[InvoiceStatus(invoice.status)], because=because)
