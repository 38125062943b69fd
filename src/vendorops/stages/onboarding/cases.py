"""What the parts of onboarding ask about a case: who applied, what it needs, what was found."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.holding import required_of
from vendorops.documents.paper_text import squeezed
from vendorops.domain.requirement import Requirement
from vendorops.tables import CheckFinding, Party, Qualification, Supplier

__all__ = ["findings_of", "party_of", "required", "squeezed"]


def party_of(books: Books, case: Qualification) -> Party:
    """Return the party that applied."""
    return books.get(Party, books.get(Supplier, case.supplier_id).party_id)


def required(books: Books, case: Qualification) -> tuple[Requirement, ...]:
    """Return the documents such a supplier must hold, there and today."""
    supplier = books.get(Supplier, case.supplier_id)
    return required_of(books, supplier, case.program, case.place, books.as_of)


def findings_of(books: Books, case: Qualification) -> list[CheckFinding]:
    """Return what the last check found about a case, in the order of code and place."""
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == "qualification", col(CheckFinding.subject_id) == case.id
    )
    order = (col(CheckFinding.code), col(CheckFinding.place_in_source))
    return list(books.session.exec(query.order_by(*order)))
