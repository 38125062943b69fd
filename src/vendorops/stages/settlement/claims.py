"""Finds what suppliers may be paid: explained claims that no settlement holds yet."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select, union_all
from sqlmodel import col

from vendorops.books import Books
from vendorops.claiming.undecided import awaits_dispute
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus, SettlementStatus
from vendorops.domain.money import Money
from vendorops.domain.tax_share import TaxedAmount, tax_shares
from vendorops.paying.holding import is_held
from vendorops.tables import (
    Allocation,
    Contract,
    Difference,
    Invoice,
    InvoiceLine,
    LineAdjustment,
    Reconciliation,
    Settlement,
    SettlementLine,
)

PAYABLE = (InvoiceStatus.ACCEPTED, InvoiceStatus.CONDITIONALLY_ACCEPTED)
SEALED = (ReconciliationStatus.SEALED, ReconciliationStatus.SUPERSEDED)
"""A superseded month still explains what its successor did not take up again."""


@dataclass(frozen=True)
class PayableLine:
    """The part of an invoice line that is paid, with the tax on it."""

    line: InvoiceLine
    reconciliation_id: int
    net: Money
    tax: Money


@dataclass(frozen=True)
class Explained:
    """What the newest reconciliation said of a line."""

    reconciliation_id: int
    net_minor: int
    """Allocations, tolerated differences, and what disputes came to."""


def open_claims(books: Books) -> ColumnElement[bool]:
    """Return the condition under which an invoice may be settled in this month, or later."""
    held = (
        select(col(SettlementLine.id))
        .join(Settlement, col(Settlement.id) == col(SettlementLine.settlement_id))
        .join(InvoiceLine, col(InvoiceLine.id) == col(SettlementLine.invoice_line_id))
        .where(
            col(InvoiceLine.invoice_id) == col(Invoice.id),
            col(Settlement.status) != SettlementStatus.REJECTED,
        )
    )
    sealed = select(col(Reconciliation.id)).where(
        col(Reconciliation.supplier_id) == col(Invoice.supplier_id),
        col(Reconciliation.month) == col(Invoice.month),
        col(Reconciliation.status) == ReconciliationStatus.SEALED,
    )
    return (
        col(Invoice.status).in_(PAYABLE)
        & (col(Invoice.month) <= books.month.label)
        & exists(sealed)
        & ~exists(held)
        & ~is_held(books)
        & ~awaits_dispute()
    )


def payable_lines(books: Books, contract: Contract) -> list[PayableLine]:
    """Return every line of a contract that may be settled, in the order of invoice and line."""
    wanted = (
        col(Invoice.contract_id) == contract.id,
        col(Invoice.currency) == contract.currency,
        open_claims(books),
    )
    invoices = select(Invoice).where(*wanted).order_by(col(Invoice.reference))
    lines = (
        select(InvoiceLine)
        .where(col(InvoiceLine.invoice_id).in_(select(col(Invoice.id)).where(*wanted)))
        .order_by(col(InvoiceLine.line))
    )
    explained = _explained(books, lines.with_only_columns(col(InvoiceLine.id)).order_by(None))
    of_invoice: defaultdict[int, list[InvoiceLine]] = defaultdict(list)
    for line in books.session.scalars(lines):
        of_invoice[line.invoice_id].append(line)
    found: list[PayableLine] = []
    for invoice in books.session.scalars(invoices):
        found += _payable(invoice, of_invoice[invoice.id], explained)
    return found


def _explained(books: Books, lines: Select[Any]) -> dict[int, Explained]:
    """Return what was said of each line; left out is what no sealed month has explained."""
    newest: dict[int, tuple[int, int, str]] = {}
    for line, reconciliation, net, status in books.session.execute(_explanations(lines)):
        newest[line] = (reconciliation, net, status)  # Older ones come first.
    return {
        line: Explained(reconciliation, int(net))
        for line, (reconciliation, net, status) in newest.items()
        if status in SEALED
    }


def _explanations(lines: Select[Any]) -> Select[Any]:
    """Return what is paid of each line, by each reconciliation that explained it."""
    tolerated = col(Difference.treatment) == "tolerated"
    parts = union_all(
        select(
            col(Allocation.invoice_line_id).label("line"),
            col(Allocation.reconciliation_id).label("reconciliation"),
            col(Allocation.amount_minor).label("net"),
        ).where(col(Allocation.invoice_line_id).in_(lines)),
        select(
            col(Difference.invoice_line_id),
            col(Difference.reconciliation_id),
            case((tolerated, col(Difference.amount_minor)), else_=0),
        ).where(col(Difference.invoice_line_id).in_(lines)),
        select(
            col(Difference.invoice_line_id),
            col(Difference.reconciliation_id),
            col(LineAdjustment.amount_minor),
        )
        .join(LineAdjustment, col(LineAdjustment.difference_id) == col(Difference.id))
        .where(col(Difference.invoice_line_id).in_(lines)),
    ).subquery()
    said = parts.c.line, parts.c.reconciliation, col(Reconciliation.status)
    return (
        select(said[0], said[1], func.sum(parts.c.net), said[2])
        .join(Reconciliation, col(Reconciliation.id) == parts.c.reconciliation)
        .group_by(*said)
        .order_by(parts.c.reconciliation)
    )


def _payable(
    invoice: Invoice, lines: list[InvoiceLine], explained: dict[int, Explained]
) -> list[PayableLine]:
    """Return the lines of an invoice with their tax; none while one of them is unexplained."""
    last = max((said.reconciliation_id for said in explained.values()), default=0)
    nothing = Explained(last, 0)
    said = [explained.get(line.id, nothing if line.net_minor == 0 else None) for line in lines]
    if None in said or not last:
        return []
    known = [each for each in said if each]
    nets = [Money(each.net_minor, invoice.currency) for each in known]
    amounts = [
        TaxedAmount(net, line.tax_category, line.tax_rate_e4)
        for net, line in zip(nets, lines, strict=True)
    ]
    whole = [net.minor for net in nets] == [line.net_minor for line in lines]
    taxes = tax_shares(amounts, Money(invoice.tax_minor, invoice.currency) if whole else None)
    return [
        PayableLine(line, each.reconciliation_id, net, tax)
        for line, each, net, tax in zip(lines, known, nets, taxes, strict=True)
    ]
