"""What is claimed of accepted work, and which reconciliation explains a claim at present."""

from sqlalchemy import ColumnElement, and_, func, text
from sqlmodel import col, select, union_all

from vendorops.books import Books
from vendorops.tables import (
    Allocation,
    Difference,
    Invoice,
    InvoiceLine,
    LineCoverage,
    OrderLine,
    ReferenceCorrection,
    WorkItem,
)

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


def taking(item: WorkItem | type[WorkItem]) -> ColumnElement[bool]:
    """Return what holds of the allocations of a piece of work, or of each in a query of work.

    They are found by the lines that name it, by its key, as a person corrected them or by its
    sheet or order, and not by an index of their own: a month enters them by the million.
    """
    ident, sheet, order_line = (
        getattr(item, name) for name in ("id", "service_sheet_id", "order_line_id")
    )
    covered = col(LineCoverage.invoice_line_id)
    ways = (
        select(InvoiceLine.id).where(col(InvoiceLine.work_item_id) == ident),
        select(ReferenceCorrection.invoice_line_id).where(
            col(ReferenceCorrection.work_item_id) == ident
        ),
        select(covered).where(col(LineCoverage.service_sheet_id) == sheet),
        select(covered)
        .join(OrderLine, col(OrderLine.work_order_id) == col(LineCoverage.work_order_id))
        .where(col(OrderLine.id) == order_line),
    )
    lines = union_all(*(way.correlate(WorkItem) for way in ways))
    return and_(col(Allocation.work_item_id) == ident, col(Allocation.invoice_line_id).in_(lines))


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
