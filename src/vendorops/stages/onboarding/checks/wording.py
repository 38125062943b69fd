"""Whether the contract applied for can be set: whoever applies is told now what it lacks."""

from collections.abc import Iterator

from vendorops.books import Books
from vendorops.documents import check_draft
from vendorops.domain.finding import Finding, Level
from vendorops.domain.refusal import Refused
from vendorops.tables import Qualification


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield what keeps the contract from being set in the wording of the day."""
    try:
        check_draft(books, case)
    except Refused as refusal:
        yield Finding("contract-cannot-be-set", Level.FATAL, "contract", str(refusal))
