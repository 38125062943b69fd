"""Invoice responses: what must be true of what suppliers were told."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import kept
from vendorops.documents.invoice_responses import response_file_again
from vendorops.invariants._rule import Invariant
from vendorops.tables import InvoiceResponse


def _written_again(books: Books) -> Iterator[str]:
    query = select(InvoiceResponse).order_by(col(InvoiceResponse.id))
    for row in books.session.exec(query):
        if kept(books, row.file_sha256) != response_file_again(books, row):
            yield row.reference


INVARIANTS = (
    Invariant("F20", "every invoice response is what its content makes again", _written_again),
    Invariant(
        "S94",
        "an invoice response was promised to the outbox once, and follows the one before it",
        """
        SELECT r.reference FROM invoiceresponse r
        WHERE 1 <> (SELECT count(*) FROM effect e WHERE e.sha256 = r.file_sha256)
        UNION SELECT r.reference FROM invoiceresponse r WHERE r.number <> (
            SELECT count(*) FROM invoiceresponse x
            WHERE x.invoice_id = r.invoice_id AND x.id <= r.id)
        """,
    ),
)
