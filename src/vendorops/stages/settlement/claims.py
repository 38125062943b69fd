"""Finds what suppliers may be paid: explained claims that no settlement holds yet."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select, union_all
from sqlmodel import col

from vendorops.books import Books
from vendorops.claiming.undecided import awaits_dispute
from vendorops.domain.money import Money
from vendorops.domain.tax_share import TaxedAmount, tax_shares
from vendorops.paying.open_claims import EXPLAINED, SEALED, asked_of
from vendorops.tables import (
    Allocation,
    Contract,
    Difference,
    Invoice,
    InvoiceLine,
    LineAdjustment,
    Reconciliation,
)


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


def payable_lines(books: Books, contract: Contract) -> list[PayableLine]:
    """Return every line of a contract that may be settled, in the order of invoice and line."""
    asked = {"contract": contract.id, "currency": contract.currency, **asked_of(books)}
    invoices = books.session.scalars(_INVOICES, asked).all()
    of_invoice: defaultdict[int, list[InvoiceLine]] = defaultdict(list)
    explained: dict[int, Explained] = {}
    for invoice in invoices:
        of_invoice[invoice.id] += books.session.scalars(_LINES, {"invoice": invoice.id})
        explained |= _explained(books, invoice.id)
    return [
        line
        for invoice in invoices
        for line in _payable(invoice, of_invoice[invoice.id], explained)
    ]


def _explained(books: Books, invoice_id: int) -> dict[int, Explained]:
    """Return what was said of each line; left out is what no sealed month has explained."""
    newest: dict[int, tuple[int, int, str]] = {}
    rows = books.session.execute(_EXPLANATIONS, {"invoice": invoice_id})
    for line, reconciliation, net, status in rows:
        newest[line] = (reconciliation, net, status)  # Older ones come first.
    return {
        line: Explained(reconciliation, int(net))
        for line, (reconciliation, net, status) in newest.items()
        if status in SEALED
    }


def _explanations() -> Select[Any]:
    """Return what is paid of each line of an invoice, by each reconciliation that explained it."""
    lines = select(col(InvoiceLine.id)).where(col(InvoiceLine.invoice_id) == bindparam("invoice"))
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


# Written once: making a statement takes longer than running it, and every step of every
# settlement asks them.
OPEN_CLAIM = EXPLAINED & ~awaits_dispute()
"""The condition under which an invoice may be settled; it asks for `asked_of`."""
_INVOICES = (
    select(Invoice)
    .where(
        col(Invoice.contract_id) == bindparam("contract"),
        col(Invoice.currency) == bindparam("currency"),
        OPEN_CLAIM,
    )
    .order_by(col(Invoice.reference))
)
_LINES = (
    select(InvoiceLine)
    .where(col(InvoiceLine.invoice_id) == bindparam("invoice"))
    .order_by(col(InvoiceLine.line))
)
_EXPLANATIONS = _explanations()
"""Made once: both are asked of every invoice that is settled."""


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
