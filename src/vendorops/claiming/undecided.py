"""Tells which credit notes may not be settled yet, because a dispute of what they credit is open.

A credit note may credit what was never paid. Until a dispute of its source is decided and the note
is tied to it, nobody knows whether it is taken off.
"""

from sqlalchemy import ColumnElement, func
from sqlmodel import col, or_, select

from vendorops.domain.lifecycle import DisputeStatus
from vendorops.tables import Dispute, DisputeCredit, Invoice, InvoiceSource

UNDECIDED = (
    DisputeStatus.OPEN,
    DisputeStatus.ANSWERED,
    DisputeStatus.ESCALATED,
    DisputeStatus.PROPOSED,
)
DECIDED = (DisputeStatus.AGREED, DisputeStatus.CLOSED)


def tied_minor() -> ColumnElement[int]:
    """Return how much of a credit note is tied to disputes, without tax, in minor units."""
    tied = select(func.coalesce(func.sum(DisputeCredit.amount_minor), 0)).where(
        col(DisputeCredit.invoice_id) == col(Invoice.id)
    )
    return tied.scalar_subquery()


def awaits_dispute() -> ColumnElement[bool]:
    """Return the condition under which an invoice is a credit note that may not be settled yet."""
    about = (
        select(Dispute.id)
        .join(InvoiceSource, col(InvoiceSource.source_id) == col(Dispute.invoice_id))
        .where(
            col(InvoiceSource.invoice_id) == col(Invoice.id),
            or_(
                col(Dispute.status).in_(UNDECIDED),
                col(Dispute.status).in_(DECIDED)
                & (col(Dispute.noted_minor) < col(Dispute.credit_minor))
                & (tied_minor() < -col(Invoice.net_minor)),
            ),
        )
    )
    return (col(Invoice.kind) == "credit_note") & about.exists()
