"""Whether the applicant is like somebody on the lists of sanctioned and exposed people."""

from collections.abc import Iterator

from vendorops.books import Books
from vendorops.domain.finding import Finding, Level
from vendorops.screening import screen
from vendorops.stages.onboarding.cases import party_of
from vendorops.tables import Qualification


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Screen the applicant now, so that the buyer sees nobody who was not; each hit is a doubt."""
    done = screen(books, party_of(books, case))
    if done and done.hits:
        message = f"like {done.hits} entries of the lists; compliance decides each of them"
        yield Finding("screening-hits", Level.WARNING, "party", message)
