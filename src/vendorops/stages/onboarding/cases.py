"""What the parts of onboarding ask about a case: who applied, what it needs, what was found."""

import re
import unicodedata

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.program import Requirement
from vendorops.programs import program
from vendorops.tables import CheckFinding, Party, Qualification, Supplier


def party_of(books: Books, case: Qualification) -> Party:
    """Return the party that applied."""
    return books.get(Party, books.get(Supplier, case.supplier_id).party_id)


def required(books: Books, case: Qualification) -> list[Requirement]:
    """Return the documents the program asks of such a party, there and today."""
    kind = party_of(books, case).kind
    return program(case.program).required(case.place, kind, books.as_of)


def findings_of(books: Books, case: Qualification) -> list[CheckFinding]:
    """Return what the last check found about a case, in the order of code and place."""
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == "qualification", col(CheckFinding.subject_id) == case.id
    )
    order = (col(CheckFinding.code), col(CheckFinding.place_in_source))
    return list(books.session.exec(query.order_by(*order)))


def squeezed(text: str) -> str:
    """Leave out what differs by print only: width, case, spaces and line ends.

    >>> squeezed("No. 12 ab") == squeezed("NO.12AB")
    True
    """
    return re.sub(r"[\s\u200b\ufffe]", "", unicodedata.normalize("NFKC", text)).casefold()
