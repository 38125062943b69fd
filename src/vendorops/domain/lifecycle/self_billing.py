"""How the buyer comes to write invoices in a supplier's name, and how far each of them is."""

from vendorops.domain.lifecycle.status import Status


class SelfBillingAgreementStatus(Status):
    """Whether the supplier agreed that we write its invoices."""

    PROPOSED = "proposed", "agreed rejected"
    AGREED = "agreed"
    REJECTED = "rejected"


class SelfBilledInvoiceStatus(Status):
    """How far an invoice has come that we write: shown without a number, aligned, numbered."""

    PRO_FORMA = "pro_forma", "aligned objected void"
    OBJECTED = "objected", "pro_forma withdrawn void"
    ALIGNED = "aligned", "issued void"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"
    VOID = "void"
