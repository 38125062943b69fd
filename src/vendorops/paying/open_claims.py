"""Tells which invoices may be settled: explained, not settled yet and not held.

A credit note may still wait for a dispute, which is asked elsewhere.
"""

from sqlalchemy import ColumnElement, Date, bindparam, exists, select
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus, SettlementStatus
from vendorops.paying.holding import is_held
from vendorops.tables import Invoice, InvoiceLine, Reconciliation, Settlement, SettlementLine

PAYABLE = (InvoiceStatus.ACCEPTED, InvoiceStatus.CONDITIONALLY_ACCEPTED)
SEALED = (ReconciliationStatus.SEALED, ReconciliationStatus.SUPERSEDED)
"""A superseded month still explains what its successor did not take up again."""


def asked_of(books: Books) -> dict[str, object]:
    """Return what EXPLAINED asks for: the month, and the day on which holds stand."""
    return {"month": books.month.label, "today": books.as_of}


def settled_already() -> ColumnElement[bool]:
    """Return the condition under which a settlement that was not rejected holds an invoice."""
    return exists(
        select(col(SettlementLine.id))
        .join(Settlement, col(Settlement.id) == col(SettlementLine.settlement_id))
        .join(InvoiceLine, col(InvoiceLine.id) == col(SettlementLine.invoice_line_id))
        .where(
            col(InvoiceLine.invoice_id) == col(Invoice.id),
            col(Settlement.status) != SettlementStatus.REJECTED,
        )
    )


def _explained() -> ColumnElement[bool]:
    """Return the condition under which an invoice may be settled in a month, or later."""
    sealed = select(col(Reconciliation.id)).where(
        col(Reconciliation.supplier_id) == col(Invoice.supplier_id),
        col(Reconciliation.month) == col(Invoice.month),
        col(Reconciliation.status) == ReconciliationStatus.SEALED,
    )
    return (
        col(Invoice.status).in_(PAYABLE)
        & (col(Invoice.month) <= bindparam("month"))
        & exists(sealed)
        & ~settled_already()
        & ~is_held(bindparam("today", type_=Date))
    )


EXPLAINED = _explained()
"""The condition under which an invoice may be settled, whatever is disputed of it; it asks for
`asked_of`. Written once: making a statement takes longer than running it."""
