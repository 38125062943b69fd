"""No line of an order is above its supplier's rate card; pay and mark-up make the bill rate."""

from collections.abc import Sequence

from vendorops.books import Books
from vendorops.tables import OrderLine, WorkOrder
from vendorops.working.rates import refuse_above_card


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Raise AboveCap or RateDisagrees, naming the line."""
    refuse_above_card(books, order, lines)
