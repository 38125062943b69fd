"""Whether the rules of risk know what an amount in the contract's currency is worth."""

from collections.abc import Iterator

from vendorops.books import Books
from vendorops.domain.finding import Finding, Level
from vendorops.risk import RULES
from vendorops.risk.assessing import NOT_RATED, rated
from vendorops.tables import Qualification


def find(books: Books, case: Qualification) -> Iterator[Finding]:
    """Yield a currency for which there are no steps: amounts are never converted."""
    if not rated(RULES.on(books.as_of), case):
        message = "the rules of risk have no steps for this currency; the tier is medium at least"
        yield Finding(NOT_RATED, Level.WARNING, "contract, currency", message)
