"""Tells for whom a case waits: the open question about it, or why it was refused."""

from datetime import date
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions import OPEN
from vendorops.domain.lifecycle import RenewalStatus, ReviewStatus
from vendorops.tables import (
    ComplianceDocument,
    Decision,
    Party,
    Refusal,
    Renewal,
    Review,
    Row,
    Supplier,
)


def waits_for(books: Books, row: Row) -> dict[str, Any]:
    """Return for whom a row waits: role, owner and last day of the open question about it."""
    query = select(Decision).where(
        col(Decision.subject_table) == type(row).__name__.lower(),
        col(Decision.subject_id) == row.id,
        col(Decision.status).in_(OPEN),
    )
    asked = books.session.exec(query.order_by(col(Decision.id))).first()
    if asked is None:
        return {"waits_for": None, "owner": None, "decision": None, "due": None}
    return {
        "waits_for": asked.role,
        "owner": asked.owner or None,
        "decision": asked.reference,
        "due": asked.due_on,
    }


def open_refusals(books: Books, *stages: str) -> list[Refusal]:
    """Return what was refused and is not resolved, of some stages or of all, oldest first."""
    query = select(Refusal).where(col(Refusal.resolved_on).is_(None))
    if stages:
        query = query.where(col(Refusal.stage).in_(stages))
    return list(books.session.exec(query.order_by(col(Refusal.id))))


def unasked_reviews(books: Books, role: str = "") -> list[dict[str, Any]]:
    """Return open doubts that no open question puts to anybody yet."""
    asked = select(Decision.subject_id).where(
        col(Decision.subject_table) == "review", col(Decision.status).in_(OPEN)
    )
    query = select(Review).where(
        col(Review.status) == ReviewStatus.OPEN, col(Review.id).not_in(asked)
    )
    rows = books.session.exec(query.order_by(col(Review.due_on), col(Review.id)))
    return [
        {"about": row.reference, "role": row.role, "due": row.due_on, "question": row.question}
        for row in rows
        if role in ("", row.role)
    ]


def days_late(due: date, today: date) -> int | None:
    """Return by how many days something is late; None where it is not."""
    return (today - due).days if due < today else None


def refused(row: Refusal, today: date) -> dict[str, Any]:
    """Return a refusal as people and scripts read it, and by how many days it is late."""
    return {
        "about": row.subject_reference,
        "stage": row.stage,
        "role": row.owner_role,
        "since": row.refused_on,
        "due": row.due_on,
        "overdue": days_late(row.due_on, today),
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
