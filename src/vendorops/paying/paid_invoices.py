"""Marks the invoices of settlements as paid, in full or in part, and as owed again."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.many import AT_ONCE, move_all
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
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(settlements), AT_ONCE):
        lines = (
            select(InvoiceLine.invoice_id)
            .join(SettlementLine, col(SettlementLine.invoice_line_id) == col(InvoiceLine.id))
            .where(col(SettlementLine.settlement_id).in_(settlements[start : start + AT_ONCE]))
        )
        query = select(Invoice.id, Invoice.reference, Invoice.status)
        rows = books.session.exec(query.where(col(Invoice.id).in_(lines)))
        found |= {ident: (reference, status) for ident, reference, status in rows}
    in_order = sorted(found, key=lambda ident: found[ident])
    for before in dict.fromkeys(found[ident][1] for ident in in_order):
        mine = [ident for ident in in_order if found[ident][1] == before]
        arrow = InvoiceStatus(before), arrows[InvoiceStatus(before)]
        move_all(books, Invoice, mine, arrow, because)
