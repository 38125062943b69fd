"""The workbook of a supplier's month: amounts are numbers, and no cell is a formula."""

from collections.abc import Sequence

from vendorops.books import Books
from vendorops.documents.figure_books import figure_book
from vendorops.documents.months.sheets import sheets
from vendorops.documents.months.telling import ContractMonth


def month_book(books: Books, months: Sequence[ContractMonth]) -> bytes:
    """Return the workbook of a supplier's month; the same rows and day give the same bytes."""
    title = f"{months[0].supplier.reference} {months[0].month}"
    return figure_book(title, books.as_of, sheets(books, months))
