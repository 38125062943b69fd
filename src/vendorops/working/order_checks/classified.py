"""Nothing is ordered while the engagement is not classified as it must be, or is held."""

from collections.abc import Sequence

from vendorops.books import Books
from vendorops.tables import Contract, OrderLine, WorkOrder
from vendorops.working.classified import refuse_unclassified


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse an order whose contract, supplier or own classification stands against it."""
    del lines
    refuse_unclassified(books, books.get(Contract, order.contract_id), order.id)
