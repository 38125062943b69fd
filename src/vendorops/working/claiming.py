"""What is claimed of accepted work, and which reconciliation explains a claim at present."""

from sqlalchemy import func, text
from sqlmodel import col, select, union_all

from vendorops.books import Books
from vendorops.tables import Allocation, Difference, Invoice, InvoiceLine

RELEASE = text(
    """
    UPDATE workitem SET claimed_e4 = claimed_e4 - released.quantity
    FROM (
      SELECT a.work_item_id, CAST(SUM(a.quantity_e4) AS BIGINT) AS quantity
      FROM allocation AS a JOIN invoiceline AS l ON l.id = a.invoice_line_id
      WHERE l.invoice_id = :invoice_id AND a.reconciliation_id = :reconciliation_id
      GROUP BY a.work_item_id
    ) AS released
    WHERE workitem.id = released.work_item_id
    """
)


def explained_by(books: Books, invoice: Invoice) -> int:
    """Return the newest reconciliation that explained a claim; 0 where none did."""
    lines = select(InvoiceLine.id).where(col(InvoiceLine.invoice_id) == invoice.id)
    found = union_all(
        select(col(Allocation.reconciliation_id).label("run")).where(
            col(Allocation.invoice_line_id).in_(lines)
        ),
        select(col(Difference.reconciliation_id)).where(
            col(Difference.invoice_line_id).in_(lines)
        ),
    ).subquery()
    newest = select(func.coalesce(func.max(found.c.run), 0))
    return int(books.session.exec(newest).one())


def release(books: Books, invoice: Invoice) -> None:
    """Let the work of a claim be claimed again; what was allocated stays as history."""
    books.session.flush()
    books.session.connection().execute(
        RELEASE,
        {"invoice_id": invoice.id, "reconciliation_id": explained_by(books, invoice)},
    )
