"""Proposes to explain a sealed month once more, and tells which claims that takes up again."""

from sqlalchemy import exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.standing import refuse_outsider
from vendorops.claiming.undecided import DECIDED
from vendorops.domain.lifecycle import (
    InvoiceStatus,
    ReconciliationStatus,
    ReopeningStatus,
)
from vendorops.domain.refusal import Refused
from vendorops.paying.open_claims import settled_already
from vendorops.tables import (
    Difference,
    Dispute,
    Invoice,
    InvoiceLine,
    LineAdjustment,
    Reconciliation,
    Reopening,
)
from vendorops.working.claiming import explained_by

NOT_PAID = (InvoiceStatus.ACCEPTED, InvoiceStatus.CONDITIONALLY_ACCEPTED)


class NotReopenable(Refused):
    """The month is not sealed, or what it explained is settled for good."""


def propose(books: Books, of: Reconciliation, reason: str) -> Reopening:
    """Propose to reopen a sealed month; somebody else decides. Twice is once."""
    refuse_outsider(books)
    waits = select(Reopening).where(
        col(Reopening.reconciliation_id) == of.id,
        col(Reopening.status) == ReopeningStatus.PROPOSED,
    )
    known = books.session.exec(waits).one_or_none()
    if known and known.proposed_by == books.actor:
        return known
    if known:
        raise NotReopenable(f"{known.reference} already proposes it; have that decided first")
    if of.status != ReconciliationStatus.SEALED:
        raise NotReopenable(f"{of.reference} is {of.status}; only a sealed month is reopened")
    if not open_claims(books, of):
        raise NotReopenable(
            f"every claim that {of.reference} explains is settled or rejected; what was paid is "
            "put right by a credit note of the supplier, or by a claim of a later month"
        )
    return books.enter(
        Reopening(
            id=books.key(),
            reference=books.reference("RPN"),
            reconciliation_id=of.id,
            reason=reason,
            proposed_by=books.actor,
            proposed_on=books.as_of,
        ),
        because=f"{books.actor} proposes to reopen {of.reference}",
    )


def open_claims(books: Books, of: Reconciliation) -> list[Invoice]:
    """Return the claims that a reconciliation explains and no settlement or dispute holds."""
    # What a dispute came to hangs on this match and would be lost with it.
    adjusted = (
        select(col(LineAdjustment.id))
        .join(Difference, col(Difference.id) == col(LineAdjustment.difference_id))
        .join(InvoiceLine, col(InvoiceLine.id) == col(Difference.invoice_line_id))
        .where(col(InvoiceLine.invoice_id) == col(Invoice.id))
    )
    agreed = select(col(Dispute.id)).where(
        col(Dispute.invoice_id) == col(Invoice.id), col(Dispute.status).in_(DECIDED)
    )
    query = select(Invoice).where(
        col(Invoice.supplier_id) == of.supplier_id,
        col(Invoice.month) == of.month,
        col(Invoice.status).in_(NOT_PAID),
        ~settled_already(),
        ~exists(adjusted),
        ~exists(agreed),
    )
    found = books.session.exec(query.order_by(col(Invoice.reference)))
    return [row for row in found if explained_by(books, row) == of.id]
