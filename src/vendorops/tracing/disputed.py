"""What keeps a claim from being paid as claimed: who held it, why, and until when."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.tables import Invoice, InvoiceHold, InvoiceLine
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Node


def hold_nodes(books: Books, invoice: Invoice) -> tuple[Node, ...]:
    """Return every hold of a claim, past ones too, with who decided its release."""
    query = select(InvoiceHold).where(col(InvoiceHold.invoice_id) == invoice.id)
    return tuple(
        _hold(books, row) for row in books.session.exec(query.order_by(col(InvoiceHold.id)))
    )


def _hold(books: Books, row: InvoiceHold) -> Node:
    facts = {
        "because": row.reason,
        "by": row.held_by,
        "on": row.held_on.isoformat(),
        "line": books.get(InvoiceLine, row.invoice_line_id).line if row.invoice_line_id else "",
        "until": row.until_on.isoformat() if row.until_on else "",
        "release_asked_by": row.release_asked_by or "",
        "release_because": row.release_reason,
        "status": row.status,
    }
    return Node("hold", row.reference, facts=facts, parts=trace_decisions(books, row))
