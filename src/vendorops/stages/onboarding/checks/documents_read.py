"""Whether the files say what the application says, each read in a limited process of its own."""

from collections.abc import Iterator

from vendorops.books import Books
from vendorops.documents.holding import current_papers
from vendorops.documents.paper_findings import reading
from vendorops.domain.finding import Finding
from vendorops.stages.onboarding.cases import party_of
from vendorops.tables import Qualification, Supplier


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield where a file contradicts what was entered; what no program can read is a doubt."""
    papers = current_papers(books, books.get(Supplier, case.supplier_id))
    yield from reading(books, party_of(books, case), papers)
