"""Tells for whom a case waits: the open question about it, or why it was refused."""

from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions import OPEN
from vendorops.domain.lifecycle import RenewalStatus
from vendorops.tables import (
    ComplianceDocument,
    Decision,
    Party,
    Refusal,
    Renewal,
    Row,
    Supplier,
)


def waits_for(books: Books, row: Row) -> dict[str, Any]:
    """Return the role that owns the open question about a row, its reference and its last day."""
    query = select(Decision).where(
        col(Decision.subject_table) == type(row).__name__.lower(),
        col(Decision.subject_id) == row.id,
        col(Decision.status).in_(OPEN),
    )
    asked = books.session.exec(query.order_by(col(Decision.id))).first()
    if asked is None:
        return {"waits_for": None, "decision": None, "due": None}
    return {"waits_for": asked.role, "decision": asked.reference, "due": asked.due_on}


def open_refusals(books: Books, *stages: str) -> list[Refusal]:
    """Return what was refused and is not resolved, of some stages or of all, oldest first."""
    query = select(Refusal).where(col(Refusal.resolved_on).is_(None))
    if stages:
        query = query.where(col(Refusal.stage).in_(stages))
    return list(books.session.exec(query.order_by(col(Refusal.id))))


def refused(row: Refusal) -> dict[str, Any]:
    """Return a refusal as people and scripts read it."""
    return {
        "about": row.subject_reference,
        "stage": row.stage,
        "since": row.refused_on,
        "reason": row.reason,
    }


def open_renewals(books: Books, supplier_id: int | None = None) -> list[Renewal]:
    """Return the renewals that wait, of one supplier or of all, the most urgent first."""
    waiting = (RenewalStatus.OPEN, RenewalStatus.LAPSED)
    query = select(Renewal).where(col(Renewal.status).in_(waiting))
    if supplier_id:
        query = query.where(col(Renewal.supplier_id) == supplier_id)
    return list(books.session.exec(query.order_by(col(Renewal.due_on), col(Renewal.id))))


def renewal(books: Books, row: Renewal) -> dict[str, Any]:
    """Return a renewal as people and scripts read it."""
    supplier = books.get(Supplier, row.supplier_id)
    return {
        "renewal": row.reference,
        "supplier": supplier.reference,
        "name": books.get(Party, supplier.party_id).name,
        "document": books.get(ComplianceDocument, row.document_id).reference,
        "needs": row.kind,
        "role": row.role,
        "due": row.due_on,
        "stops": row.blocks.split(),
        "status": row.status,
    }
