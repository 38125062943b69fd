"""A supplier-month in figures, for the finance person who reads the run's report."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, literal, select, union_all
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.money import Money
from vendorops.tables import (
    Allocation,
    Difference,
    Invoice,
    InvoiceLine,
    Reconciliation,
    Supplier,
)

SUMS = ("claimed", "matched", "tolerated", "disputed")


def figures(books: Books) -> list[Mapping[str, str]]:
    """Return a row for each reconciliation of the month and currency; names stay in the books."""
    waiting = dict(_waiting(books))
    return [_row(books, found, waiting) for found in books.session.execute(_sums(books))]


def _row(books: Books, found: Any, waiting: Mapping[Any, date]) -> Mapping[str, str]:  # noqa: ANN401 - a database row.
    of, supplier, currency, lines, *sums = found
    since = waiting.get((of.id, currency))
    return {
        "reconciliation": of.reference,
        "version": str(of.version),
        "supplier": supplier,
        "lines": f"{lines:,}",
        **{name: str(Money(int(minor), currency)) for name, minor in zip(SUMS, sums, strict=True)},
        "waits_for_a_decision": f"{(books.as_of - since).days} days" if since else "",
        "state": of.status,
        "seal": of.result_sha256[:12],
    }


def _sums(books: Books) -> Select[*tuple[Any, ...]]:
    """Return claims, and what was made of their lines, by reconciliation and currency."""
    tolerated = col(Difference.treatment) == "tolerated"
    amount, nothing = col(Difference.amount_minor), literal(0)
    parts = union_all(
        select(
            col(Allocation.reconciliation_id).label("run"),
            col(Allocation.invoice_line_id).label("line"),
            col(Allocation.amount_minor).label("matched"),
            nothing.label("tolerated"),
            nothing.label("disputed"),
        ),
        select(
            col(Difference.reconciliation_id),
            col(Difference.invoice_line_id),
            nothing,
            case((tolerated, amount), else_=0),
            case((tolerated, 0), else_=amount),
        ),
    ).subquery()
    claimed = parts.c.matched + parts.c.tolerated + parts.c.disputed
    return (
        select(
            Reconciliation,
            col(Supplier.reference),
            col(Invoice.currency),
            func.count(parts.c.line.distinct()),
            func.sum(claimed),
            func.sum(parts.c.matched),
            func.sum(parts.c.tolerated),
            func.sum(parts.c.disputed),
        )
        .join(parts, parts.c.run == col(Reconciliation.id))
        .join(InvoiceLine, col(InvoiceLine.id) == parts.c.line)
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .join(Supplier, col(Supplier.id) == col(Reconciliation.supplier_id))
        .where(col(Reconciliation.month) == books.month.label)
        .group_by(col(Reconciliation.id), col(Supplier.reference), col(Invoice.currency))
        .order_by(col(Reconciliation.reference), col(Invoice.currency))
    )


def _waiting(books: Books) -> Iterator[tuple[tuple[int, str], date]]:
    """Yield since when the oldest dispute of a reconciliation and currency has waited."""
    query = (
        select(col(Reconciliation.id), col(Invoice.currency), func.min(col(Reconciliation.as_of)))
        .join(Difference, col(Difference.reconciliation_id) == col(Reconciliation.id))
        .join(InvoiceLine, col(InvoiceLine.id) == col(Difference.invoice_line_id))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(
            col(Reconciliation.month) == books.month.label,
            col(Invoice.status) == InvoiceStatus.UNDER_QUERY,
            col(Difference.treatment) == "disputed",
        )
        .group_by(col(Reconciliation.id), col(Invoice.currency))
    )
    for ident, currency, since in books.session.execute(query):
        yield (ident, currency), since
