"""Whether the documents handed in hold today, and for how long."""

from collections.abc import Iterator
from datetime import timedelta

from vendorops.books import Books
from vendorops.domain.finding import Finding, Level
from vendorops.stages.onboarding.papers import current_papers
from vendorops.tables import ComplianceDocument, Qualification, Supplier

SOON = timedelta(days=60)
"""Documents that end within this time are to be renewed before the contract runs long."""


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield what does not hold yet, holds no longer, or ends soon."""
    for paper in current_papers(books, books.get(Supplier, case.supplier_id)):
        yield from _validity(books, paper)


def _validity(books: Books, paper: ComplianceDocument) -> Iterator[Finding]:
    day, ends = books.as_of, paper.valid_to
    if paper.valid_from > day:
        message = f"{paper.kind} holds from {paper.valid_from} only; apply again from that day on"
        yield Finding("document-not-yet-valid", Level.FATAL, paper.kind, message)
    elif ends and ends <= day:
        message = f"{paper.kind} held until {ends} only; hand in the renewed one"
        yield Finding("document-expired", Level.FATAL, paper.kind, message)
    elif ends and ends <= day + SOON:
        message = f"{paper.kind} holds until {ends} only; ask for the renewed one"
        yield Finding("document-expires-soon", Level.WARNING, paper.kind, message)
