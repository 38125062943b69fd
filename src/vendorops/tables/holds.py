"""Invoices that people keep from settlement and payment."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import InvoiceHoldStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, strict, text


class InvoiceHold(Row, table=True):
    """A person keeps an invoice, or one because of one of its lines, from settlement and payment.

    It is about the claim and not about a match of it: it stands when the month is matched again.
    """

    __table_args__ = strict(
        lifecycle(InvoiceHoldStatus),
        UniqueConstraint("reference"),
        CheckConstraint("until_on IS NULL OR until_on > held_on", name="until"),
        CheckConstraint("length(reason) > 1", name="reason"),
        CheckConstraint(
            "status <> 'released' OR release_asked_by IS NOT NULL", name="released_by_someone"
        ),
    )
    states: ClassVar[type[Status]] = InvoiceHoldStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"release_asked_by", "release_asked_on", "release_reason"}
    )

    reference: str = text()
    invoice_id: int = link("invoice")
    invoice_line_id: int | None = link("invoiceline", optional=True)
    """The line it is about, where it is about one; the whole invoice waits all the same."""
    dispute_id: int | None = link("dispute", optional=True)
    """With which it ends, where it was placed with one."""
    reason: str = text()
    held_by: str = text()
    held_on: date = day()
    until_on: date | None = day(default=None)
    """First day on which it no longer holds; None: until somebody releases it."""
    release_asked_by: str | None = text(default=None)
    release_asked_on: date | None = day(default=None)
    release_reason: str = text(default="")
    status: str = text(default=InvoiceHoldStatus.ACTIVE.value, index=True)
