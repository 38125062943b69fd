"""Whether the files say what the application says, each read in a limited process of its own."""

from collections.abc import Iterator

from vendorops.books import Books, vault
from vendorops.documents import kept, pdf_facts
from vendorops.domain.finding import Finding, Level
from vendorops.domain.refusal import Refused
from vendorops.gateways.child import Answer, run_limited_many
from vendorops.stages.onboarding.cases import party_of, squeezed
from vendorops.stages.onboarding.papers import current_papers
from vendorops.tables import ComplianceDocument, Qualification, Supplier


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield where a file is unreadable or contradicts what was entered about it."""
    papers = current_papers(books, books.get(Supplier, case.supplier_id))
    name = party_of(books, case).name
    datas = [kept(books, paper.sha256) for paper in papers]
    for paper, answer in zip(papers, run_limited_many(pdf_facts, datas), strict=True):
        yield from _text(books, paper, answer, name)


def _text(
    books: Books, paper: ComplianceDocument, answer: Answer | Refused, name: str
) -> Iterator[Finding]:
    if isinstance(answer, Refused):
        yield Finding("document-unreadable", Level.FATAL, paper.kind, f"{paper.kind}: {answer}")
        return
    text = squeezed(str(answer["text"]))
    books.record("revealed", paper, "its number is looked for in its file")
    if squeezed(name) not in text:
        message = f"the file of {paper.kind} does not name {name}; hand in the applicant's own"
        yield Finding("document-names-another", Level.FATAL, paper.kind, message)
    if squeezed(vault.reveal(books, paper, "number")) not in text:
        message = f"the file of {paper.kind} does not show the number given; compare the two"
        yield Finding("document-number-differs", Level.WARNING, paper.kind, message)
