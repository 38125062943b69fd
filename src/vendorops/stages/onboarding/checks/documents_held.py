"""Whether every document the program asks for was handed in."""

from collections.abc import Iterator

from vendorops.books import Books
from vendorops.documents.holding import current_papers
from vendorops.domain.finding import Finding, Level
from vendorops.domain.refusal import Refused
from vendorops.stages.onboarding.cases import required
from vendorops.tables import Qualification, Supplier

STOPS_AWARD = "award"


class DocumentRequired(Refused):
    """The program may not be awarded without a document that was not handed in."""


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield what is missing; refused where nothing may be awarded without it."""
    held = {paper.kind for paper in current_papers(books, books.get(Supplier, case.supplier_id))}
    absent = [needed for needed in required(books, case) if held.isdisjoint(needed.kinds)]
    stopping = [needed for needed in absent if needed.stops(STOPS_AWARD)]
    if stopping:
        told = "; ".join(f"{needed.kind} ({needed.source})" for needed in stopping)
        raise DocumentRequired(
            f"{case.reference} lacks {told}; hand the application in again with it"
        )
    for needed in absent:
        before = " and ".join(needed.blocks)
        message = f"{needed.kind} is missing ({needed.source}); ask for it before: {before}"
        yield Finding("document-missing", Level.WARNING, needed.kind, message)
