"""Takes suppliers in: an application is checked, shown to the buyer, and approved or rejected."""

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
from vendorops.tables import Qualification

__all__ = [
    "SUBJECT",
    "BadApplication",
    "BadCompany",
    "ChecksFailed",
    "DocumentRequired",
    "advance",
    "apply",
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
