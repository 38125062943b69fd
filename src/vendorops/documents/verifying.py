"""Lets a document be relied on once a person has verified it, and the one before give way."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.withdrawing import withdraw
from vendorops.documents.holding import current_papers, required_of
from vendorops.domain.lifecycle import (
    ComplianceDocumentStatus,
    QualificationStatus,
    RenewalStatus,
)
from vendorops.tables import ComplianceDocument, Qualification, Renewal, Supplier

REPLACEABLE = (
    ComplianceDocumentStatus.VERIFIED,
    ComplianceDocumentStatus.EXPIRING,
    ComplianceDocumentStatus.EXPIRED,
)
WAITING = (RenewalStatus.OPEN, RenewalStatus.LAPSED)
AWARD = "award"


def verify(books: Books, paper: ComplianceDocument, because: str) -> None:
    """Move a document to verified; the one before gives way once the new one has begun."""
    withdraw(books, paper, because)
    books.move(paper, ComplianceDocumentStatus.VERIFIED, because=because)
    for old in older(books, paper):
        if old.valid_to is None or paper.valid_from <= old.valid_to:
            close_renewal(books, old, RenewalStatus.DONE, f"{paper.reference} renews it")
    give_way(books, paper)
    _note_ends(books, books.get(Supplier, paper.supplier_id))


def give_way(books: Books, paper: ComplianceDocument) -> bool:
    """Let older documents of a kind go, once the verified one has begun; tell whether any went."""
    if paper.valid_from > books.as_of:
        return False
    replaced = older(books, paper)
    for old in replaced:
        close_renewal(books, old, RenewalStatus.DROPPED, f"{paper.reference} took its place")
        because = f"{paper.reference} took its place"
        books.move(old, ComplianceDocumentStatus.SUPERSEDED, because=because)
    return bool(replaced)


def older(books: Books, paper: ComplianceDocument) -> Sequence[ComplianceDocument]:
    """Return the documents of the same kind that a verified one replaces."""
    query = select(ComplianceDocument).where(
        col(ComplianceDocument.supplier_id) == paper.supplier_id,
        col(ComplianceDocument.kind) == paper.kind,
        col(ComplianceDocument.version) < paper.version,
        col(ComplianceDocument.status).in_(REPLACEABLE),
    )
    return books.session.exec(query.order_by(col(ComplianceDocument.version))).all()


def close_renewal(
    books: Books, paper: ComplianceDocument, after: RenewalStatus, because: str
) -> None:
    """Close the renewal of a document, if one waits."""
    query = select(Renewal).where(
        col(Renewal.document_id) == paper.id, col(Renewal.status).in_(WAITING)
    )
    for renewal in books.session.exec(query):
        books.move(renewal, after, because=because)


def holds_until(books: Books, case: Qualification) -> date | None:
    """Return the first day on which a document without which none is awarded holds no longer."""
    supplier = books.get(Supplier, case.supplier_id)
    asked = required_of(books, supplier, case.program, case.place, books.as_of)
    kinds = {kind for needed in asked if needed.stops(AWARD) for kind in needed.kinds}
    papers = [paper for paper in current_papers(books, supplier) if paper.kind in kinds]
    return min((paper.valid_to for paper in papers if paper.valid_to), default=None)


def _note_ends(books: Books, supplier: Supplier) -> None:
    query = select(Qualification).where(
        col(Qualification.supplier_id) == supplier.id,
        col(Qualification.status) == QualificationStatus.APPROVED,
    )
    for case in books.session.exec(query):
        ends = (holds_until(books, case), case.asked_anew_on)
        case.valid_to = min(filter(None, ends), default=None)
    books.session.flush()
