"""A supplier-month in figures, for the finance person who reads the run's report."""

from collections.abc import Mapping

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.tables import Allocation, Difference, Invoice, Reconciliation, Supplier

Sums = dict[tuple[int, str], int]
"""Minor units by reconciliation and what became of them."""


def figures(books: Books) -> list[Mapping[str, str]]:
    """Return a row for each reconciliation of the month; names stay in the books."""
    query = (
        select(Reconciliation, Supplier.reference, func.min(Invoice.currency))
        .join(Supplier, col(Supplier.id) == col(Reconciliation.supplier_id))
        .join(Invoice, col(Invoice.supplier_id) == col(Supplier.id))
        .where(Reconciliation.month == books.month.label, Invoice.month == books.month.label)
        .group_by(col(Reconciliation.id), col(Supplier.reference))
        .order_by(col(Reconciliation.reference))
    )
    sums = _matched(books) | _differing(books)
    return [
        {
            "reconciliation": row.reference,
            "supplier": supplier,
            **{
                what: str(Money(sums.get((row.id, what), 0), currency))
                for what in ("matched", "tolerated", "disputed")
            },
            "state": row.status,
        }
        for row, supplier, currency in books.session.exec(query)
    ]


def _matched(books: Books) -> Sums:
    query = (
        select(Allocation.reconciliation_id, func.sum(Allocation.amount_minor))
        .join(Reconciliation, col(Reconciliation.id) == col(Allocation.reconciliation_id))
        .where(Reconciliation.month == books.month.label)
        .group_by(col(Allocation.reconciliation_id))
    )
    return {(ident, "matched"): int(amount) for ident, amount in books.session.exec(query)}


def _differing(books: Books) -> Sums:
    query = (
        select(
            Difference.reconciliation_id, Difference.treatment, func.sum(Difference.amount_minor)
        )
        .join(Reconciliation, col(Reconciliation.id) == col(Difference.reconciliation_id))
        .where(Reconciliation.month == books.month.label)
        .group_by(col(Difference.reconciliation_id), col(Difference.treatment))
    )
    return {(ident, what): int(amount) for ident, what, amount in books.session.exec(query)}
