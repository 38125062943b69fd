"""Lists what the match of a month came to: its exceptions, its claims, and the sums of them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from vendorops.books import Books
from vendorops.claiming.references import Suggester, Suggestion
from vendorops.cli.commands.reconcile.held import held
from vendorops.cli.monthly import Section, amount, summary
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.tables import (
    Allocation,
    Difference,
    Invoice,
    InvoiceLine,
    Reconciliation,
    Supplier,
)

FLOWS = ("duplicates", "reconciliation", "exceptions")
"""What is held as a possible duplicate is asked about first: once answered, it is matched."""


def listing(books: Books) -> Iterator[Section]:
    """Yield the tables of a month."""
    claims = _claims(books)
    yield Section("Exceptions", "exception", list(_exceptions(books)))
    yield Section("Claims", "claim", claims)
    yield held(books)
    figures = ("claimed", "matched", "tolerated", "disputed")
    yield summary(claims, books.month.label, "invoices", figures)


def _exceptions(books: Books) -> Iterator[dict[str, Any]]:
    """Yield each amount that accepted work at the agreed price does not stand for."""
    matched = (
        select(func.coalesce(func.sum(Allocation.amount_minor), 0))
        .where(
            col(Allocation.invoice_line_id) == col(InvoiceLine.id),
            col(Allocation.reconciliation_id) == col(Reconciliation.id),
        )
        .scalar_subquery()
    )
    query = (
        select(Difference, InvoiceLine, Invoice, matched)
        .join(InvoiceLine, col(InvoiceLine.id) == col(Difference.invoice_line_id))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .join(Reconciliation, col(Reconciliation.id) == col(Difference.reconciliation_id))
        .where(
            col(Reconciliation.month) == books.month.label,
            col(Invoice.status) != InvoiceStatus.IN_PROCESS,
            ~_explained_later(),
        )
        .order_by(col(Invoice.reference), col(InvoiceLine.line), col(Difference.reason))
    )
    suggested = _Suggested(books)
    for difference, line, invoice, allocated in books.session.execute(query):
        yield {
            "invoice": invoice.reference,
            "line": line.line,
            "work": line.work_reference,
            "claimed": amount(line.net_minor, invoice.currency),
            "matched": amount(allocated, invoice.currency),
            "difference": amount(difference.amount_minor, invoice.currency),
            "reason": difference.reason,
            "treatment": difference.treatment,
            "suggestions": suggested.of(invoice, line),
        }


class _Suggested:
    """What lines may mean whose work nobody knows; worked out once for each claim."""

    def __init__(self, books: Books) -> None:
        self._suggester = Suggester(books)
        self._of: dict[int, list[Suggestion]] = {}

    def of(self, invoice: Invoice, line: InvoiceLine) -> list[str]:
        if line.work_item_id is not None or invoice.status != InvoiceStatus.UNDER_QUERY:
            return []
        if invoice.id not in self._of:
            self._of[invoice.id] = self._suggester.of(invoice)
        return [
            f"{one.work} ({one.score} of 100)"
            for one in self._of[invoice.id]
            if one.line == line.line
        ]


def _explained_later() -> ColumnElement[bool]:
    """Tell whether a month that was opened again explained the line of a difference once more."""
    found = [
        exists().where(
            col(later.invoice_line_id) == col(Difference.invoice_line_id),
            col(later.reconciliation_id) > col(Difference.reconciliation_id),
        )
        for later in (aliased(Allocation), aliased(Difference))
    ]
    return or_(*found)


def _claims(books: Books) -> list[dict[str, Any]]:
    """Return each claim of the month with what its newest reconciliation made of it."""
    parts = _parts().subquery()
    query = (
        select(
            Invoice,
            col(Supplier.reference),
            Reconciliation,
            func.sum(parts.c.matched),
            func.sum(parts.c.tolerated),
            func.sum(parts.c.disputed),
        )
        .join(parts, parts.c.invoice_id == col(Invoice.id))
        .join(Reconciliation, col(Reconciliation.id) == parts.c.reconciliation_id)
        .join(Supplier, col(Supplier.id) == col(Invoice.supplier_id))
        .where(col(Reconciliation.month) == books.month.label)
        .group_by(col(Invoice.id), col(Supplier.id), col(Reconciliation.id))
        .order_by(col(Invoice.reference), col(Reconciliation.version))
    )
    newest = {row[0].reference: _claim(books, row) for row in books.session.execute(query)}
    return list(newest.values())


def _parts() -> CompoundSelect[Any]:
    """Return what was made of each line, in three columns of which one is filled."""
    tolerated = col(Difference.treatment) == "tolerated"
    where = col(InvoiceLine.invoice_id)
    return union_all(
        select(
            col(Allocation.reconciliation_id),
            where,
            col(Allocation.amount_minor).label("matched"),
            literal(0).label("tolerated"),
            literal(0).label("disputed"),
        ).join(InvoiceLine, col(InvoiceLine.id) == col(Allocation.invoice_line_id)),
        select(
            col(Difference.reconciliation_id),
            where,
            literal(0),
            case((tolerated, col(Difference.amount_minor)), else_=0),
            case((tolerated, 0), else_=col(Difference.amount_minor)),
        ).join(InvoiceLine, col(InvoiceLine.id) == col(Difference.invoice_line_id)),
    )


def _claim(books: Books, row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    invoice, supplier, explained, *sums = row
    matched, tolerated, disputed = (amount(each, invoice.currency) for each in sums)
    return {
        "invoice": invoice.reference,
        "supplier": supplier,
        "reconciliation": f"{explained.reference} {explained.status}",
        "claimed": amount(invoice.net_minor, invoice.currency),
        "matched": matched,
        "tolerated": tolerated,
        "disputed": disputed,
        "status": invoice.status,
        **waits_for(books, invoice),
    }
