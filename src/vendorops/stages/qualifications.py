"""Lets approvals run out on their day: the supplier applies anew, or takes on nothing new."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.qualifying import expire, has_ended
from vendorops.domain.lifecycle import QualificationStatus
from vendorops.stages import Step
from vendorops.tables import Qualification

SUBJECT = Qualification


def ready(books: Books) -> list[int]:
    """Return the approvals whose day has come, oldest first."""
    query = select(Qualification.id).where(
        col(Qualification.status) == QualificationStatus.APPROVED,
        col(Qualification.valid_to) <= books.as_of,
    )
    return list(books.session.exec(query.order_by(col(Qualification.id))))


def advance(books: Books, ident: int) -> Step:
    """Let an approval run out; what the supplier is owed is paid all the same."""
    case = books.get(Qualification, ident)
    if case.status == QualificationStatus.APPROVED and has_ended(books, case):
        expire(books, case)
    return Step.DONE
