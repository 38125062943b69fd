"""Takes suppliers in: an application is checked, shown to the buyer, and approved or rejected."""

from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import QualificationStatus
from vendorops.stages import Step
from vendorops.stages.onboarding.application import BadApplication
from vendorops.stages.onboarding.checking import check_case
from vendorops.stages.onboarding.checks.documents_held import DocumentRequired
from vendorops.stages.onboarding.company import BadCompany, load_company
from vendorops.stages.onboarding.deciding import ChecksFailed, decide
from vendorops.stages.onboarding.entering import apply
from vendorops.tables import LegalEntity, Party, Qualification, Row, Supplier

__all__ = [
    "SUBJECT",
    "BadApplication",
    "BadCompany",
    "ChecksFailed",
    "DocumentRequired",
    "advance",
    "apply",
    "at_hand",
    "load_company",
    "ready",
]

SUBJECT = Qualification


def ready(books: Books) -> list[int]:
    """Return the cases that are to be checked or decided, oldest first."""
    waiting = (QualificationStatus.SUBMITTED, QualificationStatus.IN_REVIEW)
    query = select(Qualification.id).where(col(Qualification.status).in_(waiting))
    return list(books.session.exec(query.order_by(col(Qualification.id))))


def advance(books: Books, ident: int) -> Step:
    """Check a case, or have it decided. Refused while a document is missing or a check fails."""
    case = books.get(Qualification, ident)
    if case.status == QualificationStatus.SUBMITTED:
        found = check_case(books, case)
        books.move(case, QualificationStatus.IN_REVIEW, because=f"checked: {len(found)} findings")
        return Step.AGAIN
    if case.status == QualificationStatus.IN_REVIEW:
        return Step.DONE if decide(books, case) else Step.WAITING
    return Step.DONE


def at_hand(books: Books, idents: Sequence[int]) -> Sequence[Row]:
    """Return who applied, and to whom, in some cases."""
    cases = books.session.exec(
        select(Qualification, Supplier, Party, LegalEntity)
        .join(Supplier, col(Supplier.id) == col(Qualification.supplier_id))
        .join(Party, col(Party.id) == col(Supplier.party_id))
        .join(LegalEntity, col(LegalEntity.id) == col(Qualification.legal_entity_id))
        .where(col(Qualification.id).in_(idents))
    ).all()
    ours = {entity.party_id for _, _, _, entity in cases}
    buyers = books.session.exec(select(Party).where(col(Party.id).in_(ours))).all()
    return [*buyers, *(row for case in cases for row in case)]
