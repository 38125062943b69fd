"""Invoices held from payment."""

from vendorops.domain.lifecycle.status import Status


class InvoiceHoldStatus(Status):
    """Whether an invoice is kept from settlement and payment."""

    ACTIVE = "active", "released lapsed"
    RELEASED = "released"
    LAPSED = "lapsed"
    """Its last day is over."""
