"""What a claim takes back and what takes it back, and what was found on it when it came."""

from collections.abc import Sequence

from sqlmodel import col, or_, select

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.tables import CheckFinding, Invoice, InvoiceSource
from vendorops.tracing.tree import Check, Node, adds_up


def ties_about(books: Books, invoice: Invoice) -> list[InvoiceSource]:
    """Return the ties of which an invoice is either end, oldest first."""
    ends = or_(
        col(InvoiceSource.invoice_id) == invoice.id, col(InvoiceSource.source_id) == invoice.id
    )
    return list(
        books.session.exec(select(InvoiceSource).where(ends).order_by(col(InvoiceSource.id)))
    )


def source_nodes(
    books: Books, invoice: Invoice, ties: Sequence[InvoiceSource]
) -> tuple[Node, ...]:
    """Return a node for each invoice that this one takes back, or that takes it back."""
    return tuple(_node(books, invoice, tie) for tie in ties)


def _node(books: Books, invoice: Invoice, tie: InvoiceSource) -> Node:
    takes = tie.invoice_id == invoice.id
    other = books.get(Invoice, tie.source_id if takes else tie.invoice_id)
    facts = {"number": other.number, "named_as": tie.number, "status": other.status}
    kind = "takes back" if takes else "taken back by"
    return Node(kind, other.reference, Money(tie.credited_minor, invoice.currency), facts)


def source_checks(invoice: Invoice, ties: Sequence[InvoiceSource]) -> tuple[Check, ...]:
    """Return whether what a credit note takes back of its sources makes its gross."""
    own = [tie for tie in ties if tie.invoice_id == invoice.id and invoice.gross_minor < 0]
    if not own:
        return ()
    parts = [Money(tie.credited_minor, invoice.currency) for tie in own]
    gross = Money(-invoice.gross_minor, invoice.currency)
    return (adds_up("what it takes back of its sources", parts, gross),)


def finding_nodes(books: Books, invoice: Invoice) -> tuple[Node, ...]:
    """Return what was found on a claim when it came."""
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == Invoice.__name__.lower(),
        col(CheckFinding.subject_id) == invoice.id,
    )
    return tuple(
        Node("finding", row.code, None, {"where": row.place_in_source, "says": row.message})
        for row in books.session.exec(query.order_by(col(CheckFinding.id)))
    )
