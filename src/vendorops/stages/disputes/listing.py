"""Lists disputes, page by page: whose turn each is, since when, and how late."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import col

from vendorops.books import Books
from vendorops.claiming.undecided import UNDECIDED
from vendorops.domain.lifecycle import DisputeStatus
from vendorops.tables import Dispute, Invoice, InvoiceLine, Supplier

UNDERWAY = (*UNDECIDED, DisputeStatus.AGREED)


@dataclass(frozen=True)
class Wanted:
    """Which disputes are asked for, and which page of them; empty asks for all underway."""

    supplier: str = ""
    invoice: str = ""
    """Their references."""
    clock_owner: str = ""
    late: bool = False
    ended: bool = False
    """Also those that are over."""
    limit: int = 100
    offset: int = 0


def page(books: Books, wanted: Wanted) -> Sequence[Row[Any]]:
    """Return one page, the one due first before the rest."""
    query: Any = (
        select(
            col(Dispute.reference).label("dispute"),
            col(Invoice.reference).label("invoice"),
            col(InvoiceLine.line),
            col(Supplier.reference).label("supplier"),
            col(Dispute.reason),
            col(Dispute.amount_minor),
            col(Dispute.currency),
            col(Dispute.status),
            col(Dispute.clock_owner),
            col(Dispute.clock_since),
            col(Dispute.due_on),
        )
        .join(Invoice, col(Invoice.id) == col(Dispute.invoice_id))
        .join(Supplier, col(Supplier.id) == col(Invoice.supplier_id))
        .outerjoin(InvoiceLine, col(InvoiceLine.id) == col(Dispute.invoice_line_id))
    )
    for column, value in (
        (col(Supplier.reference), wanted.supplier),
        (col(Invoice.reference), wanted.invoice),
        (col(Dispute.clock_owner), wanted.clock_owner),
    ):
        if value:
            query = query.where(column == value)
    if not wanted.ended:
        query = query.where(col(Dispute.status).in_(UNDERWAY))
    if wanted.late:
        query = query.where(col(Dispute.due_on) < books.as_of, col(Dispute.status).in_(UNDERWAY))
    ordered = query.order_by(col(Dispute.due_on), col(Dispute.id))
    return (
        books.session.connection().execute(ordered.limit(wanted.limit).offset(wanted.offset)).all()
    )
