"""Whether the documents handed in say what they must: term, figures, whose number."""

from collections.abc import Iterator

from vendorops.books import Books
from vendorops.documents.holding import current_papers
from vendorops.documents.paper_findings import sufficiency
from vendorops.domain.finding import Finding
from vendorops.stages.onboarding.cases import party_of, required
from vendorops.tables import Qualification, Supplier


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield what the documents asked of such a supplier do not say that they must."""
    party = party_of(books, case)
    asked = {needed.kind: needed for needed in required(books, case)}
    for paper in current_papers(books, books.get(Supplier, case.supplier_id)):
        if paper.kind in asked:
            yield from sufficiency(books, paper, asked[paper.kind], party)
