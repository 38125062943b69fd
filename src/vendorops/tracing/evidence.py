"""Reads at once everything that is known about some claim lines: a month may have many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.claiming.references import corrections
from vendorops.tables import (
    Allocation,
    Contract,
    Decision,
    Difference,
    Invoice,
    InvoiceLine,
    LineAdjustment,
    Reconciliation,
    ReferenceCorrection,
    WorkItem,
)
from vendorops.tracing.decisions import decisions_about
from vendorops.tracing.work import Grounds, grounds

R = TypeVar("R", Allocation, Difference)


@dataclass(frozen=True)
class Explained:
    """What one reconciliation made of a line."""

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
    contracts: Mapping[int, str]
    """References of the contracts that are claimed under."""
    decided: Mapping[int, list[Decision]]
    """By invoice: what people answered about it."""
    adjusted: Mapping[int, int]
    """By difference: how much more of it is paid, as disputes came to; minor units."""
    meant: Mapping[int, ReferenceCorrection]
    """By line: what people said that it means."""


def evidence(books: Books, wanted: SelectOfScalar[int], by: int = 0) -> Evidence:
    """Return everything known about the lines whose keys a query gives.

    They are explained by their newest reconciliation, unless the key of an older one is given.
    """
    query = (
        select(InvoiceLine, Invoice)
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(col(InvoiceLine.id).in_(wanted))
        .order_by(col(Invoice.reference), col(InvoiceLine.line))
    )
    found = books.session.exec(query).all()
    named = select(InvoiceLine.work_item_id).where(col(InvoiceLine.id).in_(wanted))
    meant = corrections(books, wanted)
    taken = select(Allocation.work_item_id).where(col(Allocation.invoice_line_id).in_(wanted))
    work = books.session.exec(
        select(WorkItem).where(
            col(WorkItem.id).in_(named)
            | col(WorkItem.id).in_([row.work_item_id for row in meant.values()])
            | col(WorkItem.id).in_(taken)
        )
    )
    invoices = {invoice.id: invoice for _, invoice in found}
    under = {invoice.contract_id for invoice in invoices.values()}
    return Evidence(
        invoices=invoices,
        lines=tuple(line for line, _ in found),
        explained=_explained(books, wanted, by),
        grounds=grounds(books, list(work)),
        contracts={ident: books.get(Contract, ident).reference for ident in sorted(under)},
        decided=decisions_about(books, list(invoices.values())),
        adjusted=_adjusted(books, wanted),
        meant=meant,
    )


def _explained(books: Books, wanted: SelectOfScalar[int], by: int) -> dict[int, Explained]:
    allocations = _by_line(_rows(books, Allocation, wanted))
    differences = _by_line(_rows(books, Difference, wanted))
    told: dict[int, Explained] = {}
    for line in allocations.keys() | differences.keys():
        mine, others = allocations[line], differences[line]
        looked_at = {row.reconciliation_id for row in mine}
        newest = by or max(looked_at | {row.reconciliation_id for row in others})
        told[line] = Explained(
            books.get(Reconciliation, newest),
            tuple(row for row in mine if row.reconciliation_id == newest),
            tuple(row for row in others if row.reconciliation_id == newest),
        )
    return told


def _adjusted(books: Books, wanted: SelectOfScalar[int]) -> dict[int, int]:
    query = (
        select(LineAdjustment.difference_id, func.sum(LineAdjustment.amount_minor))
        .join(Difference, col(Difference.id) == col(LineAdjustment.difference_id))
        .where(col(Difference.invoice_line_id).in_(wanted))
        .group_by(col(LineAdjustment.difference_id))
    )
    return {ident: int(minor) for ident, minor in books.session.exec(query)}


def _rows(books: Books, table: type[R], wanted: SelectOfScalar[int]) -> list[R]:
    query = select(table).where(col(table.invoice_line_id).in_(wanted))
    return list(books.session.exec(query.order_by(col(table.id))))


def _by_line(rows: Iterable[R]) -> defaultdict[int, list[R]]:
    found: defaultdict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[row.invoice_line_id].append(row)
    return found
