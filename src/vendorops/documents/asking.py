"""What is asked of a supplier by all it was approved for, and what is shown of its documents."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.holding import required_of
from vendorops.domain.lifecycle import QualificationStatus
from vendorops.domain.requirement import Requirement
from vendorops.tables import ComplianceDocument, Qualification, Supplier

LET_IN = (QualificationStatus.APPROVED, QualificationStatus.EXPIRED)


def asked_of(books: Books, supplier: Supplier) -> list[Requirement]:
    """Return the documents a supplier must hold today for what it is, or was, approved for.

    Where approval ran out, work and payment go on as far as they were owed.
    """
    query = select(Qualification).where(
        col(Qualification.supplier_id) == supplier.id,
        col(Qualification.status).in_(LET_IN),
    )
    return [
        needed
        for case in books.session.exec(query.order_by(col(Qualification.id)))
        for needed in required_of(books, supplier, case.program, case.place, books.as_of)
    ]


def shown(paper: ComplianceDocument) -> dict[str, object]:
    """Return a document as the person sees it who decides about it: its number masked."""
    return {
        "kind": paper.kind,
        "version": paper.version,
        "issuer": paper.issuer,
        "number": paper.number_masked,
        "valid_from": paper.valid_from.isoformat(),
        "valid_to": paper.valid_to.isoformat() if paper.valid_to else "",
        "sha256": paper.sha256,
    }
