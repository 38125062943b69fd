"""What an office said of a return: the answer may carry the number of its notice."""

from collections.abc import Mapping

from vendorops.books.answers._given import Given
from vendorops.books.answers._receipt import receipt
from vendorops.books.unit import Books
from vendorops.tables import Decision, Filing


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return number, day and evidence of the notice, as far as they were given."""
    return receipt(books, books.get(Filing, decision.subject_id), given)
