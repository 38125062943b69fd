"""Whether every document the program asks for was handed in."""

from collections.abc import Iterator

from vendorops.books import Books
from vendorops.domain.finding import Finding, Level
from vendorops.domain.refusal import Refused
from vendorops.stages.onboarding.cases import required
from vendorops.stages.onboarding.papers import current_papers
from vendorops.tables import Qualification, Supplier

STOPS_AWARD = "award"


class DocumentRequired(Refused):
    """The program may not be awarded without a document that was not handed in."""


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield what is missing; refused where nothing may be awarded without it."""
    held = {paper.kind for paper in current_papers(books, books.get(Supplier, case.supplier_id))}
    absent = [needed for needed in required(books, case) if needed.kind not in held]
    stopping = [needed for needed in absent if needed.blocks == STOPS_AWARD]
    if stopping:
        told = "; ".join(f"{needed.kind} ({needed.cite})" for needed in stopping)
        raise DocumentRequired(
            f"{case.reference} lacks {told}; hand the application in again with it"
        )
    for needed in absent:
        message = f"{needed.kind} is missing ({needed.cite}); ask for it before: {needed.blocks}"
        yield Finding("document-missing", Level.WARNING, needed.kind, message)
