"""Tells which accepted work nobody has billed: neither we nor the supplier."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.lifecycle import (
    InvoiceStatus,
    SelfBilledInvoiceStatus,
    ServiceSheetStatus,
)
from vendorops.tables import (
    Invoice,
    InvoiceLine,
    SelfBilledInvoice,
    SelfBilledLine,
    ServiceSheet,
    WorkItem,
)

ACCEPTED = (ServiceSheetStatus.ACCEPTED, ServiceSheetStatus.PARTLY_ACCEPTED)


def is_unbilled() -> ColumnElement[bool]:
    """Return the condition under which work may go on a pro forma.

    Some of it was accepted, no claim that stands names it, and no self-billed invoice that was not
    voided holds it. What a supplier objected to and we withdrew stays held: it bills that itself.
    """
    accepted = (
        select(col(ServiceSheet.id))
        .where(
            col(ServiceSheet.id) == col(WorkItem.service_sheet_id),
            col(ServiceSheet.status).in_(ACCEPTED),
        )
        .correlate(WorkItem)
    )
    held = (
        select(col(SelfBilledLine.id))
        .join(
            SelfBilledInvoice,
            col(SelfBilledInvoice.id) == col(SelfBilledLine.self_billed_invoice_id),
        )
        .where(
            col(SelfBilledLine.work_item_id) == col(WorkItem.id),
            col(SelfBilledInvoice.status) != SelfBilledInvoiceStatus.VOID.value,
        )
    )
    claims = _claims().where(col(InvoiceLine.work_item_id) == col(WorkItem.id))
    return (col(WorkItem.accepted_e4) > 0) & exists(accepted) & ~exists(claims) & ~exists(held)


def _claims() -> Select[Any]:
    """Return the claims that stand, line by line; a credit note claims nothing."""
    return (
        select(col(Invoice.reference))
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .where(
            col(Invoice.status) != InvoiceStatus.REJECTED.value,
            col(Invoice.kind) != "credit_note",
        )
    )


def claimed_elsewhere(books: Books, row: SelfBilledInvoice) -> Sequence[str]:
    """Return the claims that took work of a pro forma since, by their references."""
    held = select(col(SelfBilledLine.work_item_id)).where(
        col(SelfBilledLine.self_billed_invoice_id) == row.id
    )
    query = _claims().where(col(InvoiceLine.work_item_id).in_(held)).distinct()
    return sorted(books.session.scalars(query))
