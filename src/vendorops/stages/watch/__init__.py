"""Watches documents over time: renewals opened ahead, ends noted, renewed ones verified."""

from vendorops.books import Books
from vendorops.stages import Step
from vendorops.stages.watch import ending, renewed
from vendorops.tables import ComplianceDocument

SUBJECT = ComplianceDocument

__all__ = ["SUBJECT", "advance", "ready"]


def ready(books: Books) -> list[int]:
    """Return the documents that end, give way, or wait to be verified, oldest first."""
    return sorted({*ending.due(books), *renewed.waiting(books)})


def advance(books: Books, ident: int) -> Step:
    """Take one step with a document: note its end, or have a renewed one verified."""
    paper = books.get(ComplianceDocument, ident)
    if renewed.is_waiting(paper):
        return renewed.advance(books, paper)
    return ending.advance(books, paper)
