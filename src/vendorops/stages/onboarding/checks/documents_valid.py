"""Whether the documents handed in hold today, and for how long."""

from collections.abc import Iterator

from vendorops.books import Books
from vendorops.documents.holding import current_papers
from vendorops.documents.paper_findings import validity
from vendorops.domain.finding import Finding
from vendorops.stages.onboarding.cases import required
from vendorops.tables import Qualification, Supplier


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield what does not hold yet, holds no longer, or ends soon."""
    asked = {kind: needed for needed in required(books, case) for kind in needed.kinds}
    for paper in current_papers(books, books.get(Supplier, case.supplier_id)):
        yield from validity(books, paper, asked.get(paper.kind))
