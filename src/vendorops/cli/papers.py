"""Papers that are signed, by the references people know them by."""

from vendorops.books import Books
from vendorops.documents.signing import Paper
from vendorops.tables import Amendment, Contract


def named_paper(books: Books, reference: str) -> Paper:
    """Return a contract or an amendment."""
    if reference.startswith("AMD-"):
        return books.named(Amendment, reference)
    return books.named(Contract, reference)
