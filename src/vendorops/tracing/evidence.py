"""Reads at once everything that is known about some claim lines: a month may have many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.tables import Allocation, Difference, Invoice, InvoiceLine, Reconciliation, WorkItem
from vendorops.tracing.work import Grounds, grounds

R = TypeVar("R", Allocation, Difference)


@dataclass(frozen=True)
class Explained:
    """What the newest reconciliation of a line made of it."""

    reconciliation: Reconciliation
    allocations: tuple[Allocation, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Evidence:
    """Claim lines with everything that explains them."""

    invoices: Mapping[int, Invoice]
    lines: tuple[InvoiceLine, ...]
    """In the order of invoice and line."""
    explained: Mapping[int, Explained]
    """By line; without those that no reconciliation has looked at."""
    grounds: Grounds


def evidence(books: Books, wanted: SelectOfScalar[int]) -> Evidence:
    """Return everything known about the lines whose keys a query gives."""
    query = (
        select(InvoiceLine, Invoice)
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(col(InvoiceLine.id).in_(wanted))
        .order_by(col(Invoice.reference), col(InvoiceLine.line))
    )
    found = books.session.exec(query).all()
    named = select(InvoiceLine.work_item_id).where(col(InvoiceLine.id).in_(wanted))
    work = books.session.exec(select(WorkItem).where(col(WorkItem.id).in_(named)))
    return Evidence(
        invoices={invoice.id: invoice for _, invoice in found},
        lines=tuple(line for line, _ in found),
        explained=_explained(books, wanted),
        grounds=grounds(books, list(work)),
    )


def _explained(books: Books, wanted: SelectOfScalar[int]) -> dict[int, Explained]:
    allocations = _by_line(_rows(books, Allocation, wanted))
    differences = _by_line(_rows(books, Difference, wanted))
    told: dict[int, Explained] = {}
    for line in allocations.keys() | differences.keys():
        mine, others = allocations[line], differences[line]
        looked_at = {row.reconciliation_id for row in mine}
        newest = max(looked_at | {row.reconciliation_id for row in others})
        told[line] = Explained(
            books.get(Reconciliation, newest),
            tuple(row for row in mine if row.reconciliation_id == newest),
            tuple(row for row in others if row.reconciliation_id == newest),
        )
    return told


def _rows(books: Books, table: type[R], wanted: SelectOfScalar[int]) -> list[R]:
    query = select(table).where(col(table.invoice_line_id).in_(wanted))
    return list(books.session.exec(query.order_by(col(table.id))))


def _by_line(rows: Iterable[R]) -> defaultdict[int, list[R]]:
    found: defaultdict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[row.invoice_line_id].append(row)
    return found
