"""Papers that are signed, by the references people know them by."""

from vendorops.books import Books
from vendorops.documents.signing import Paper
from vendorops.tables import Amendment, Contract, TaskAssignment


def named_paper(books: Books, reference: str) -> Paper:
    """Return a contract, an amendment or a task order."""
    if reference.startswith("AMD-"):
        return books.named(Amendment, reference)
    if reference.startswith("TO-"):
        return books.named(TaskAssignment, reference)
    return books.named(Contract, reference)
