"""What was agreed and done: contracts, their changes and ends, the work under them."""

from vendorops.domain.lifecycle.status import Status


class ContractStatus(Status):
    """Whether the parties are bound."""

    DRAFT = "draft", "approved negotiating rejected"
    NEGOTIATING = "negotiating", "approved rejected"
    APPROVED = "approved", "sent"
    SENT = "sent", "signed negotiating rejected"
    SIGNED = "signed", "effective"
    EFFECTIVE = "effective", "expired terminated"
    REJECTED = "rejected"
    EXPIRED = "expired"
    TERMINATED = "terminated"


class AmendmentStatus(Status):
    """Whether a change of a contract holds; what was signed is never taken back."""

    DRAFT = "draft", "approved rejected"
    APPROVED = "approved", "sent rejected"
    SENT = "sent", "signed rejected"
    SIGNED = "signed", "effective"
    EFFECTIVE = "effective"
    REJECTED = "rejected"


class TerminationStatus(Status):
    """Whether a contract ends before its time."""

    PROPOSED = "proposed", "approved rejected"
    APPROVED = "approved", "effective"
    EFFECTIVE = "effective"
    REJECTED = "rejected"


class ServiceSheetStatus(Status):
    """Whether the work of one contract and month was accepted (acceptance is not delivery)."""

    SUBMITTED = "submitted", "accepted partly_accepted rejected"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
