"""What is claimed, matched, owed, paid and filed."""

from vendorops.domain.lifecycle.status import Status


class ReceivedFileStatus(Status):
    """What became of a file that a supplier sent."""

    RECEIVED = "received", "booked in_review opened rejected quarantined"
    IN_REVIEW = "in_review", "received booked rejected"
    OPENED = "opened"
    BOOKED = "booked"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


class InvoiceStatus(Status):
    """How far a claim has come (Peppol Invoice Response codes AB, IP, UQ, CA, AP, RE, PD)."""

    ACKNOWLEDGED = "acknowledged", "in_process rejected"
    IN_PROCESS = "in_process", "accepted under_query rejected"
    UNDER_QUERY = "under_query", "conditionally_accepted accepted rejected in_process"
    CONDITIONALLY_ACCEPTED = "conditionally_accepted", "part_paid accepted in_process"
    ACCEPTED = "accepted", "paid in_process"
    REJECTED = "rejected"
    PART_PAID = "part_paid", "conditionally_accepted"
    PAID = "paid", "accepted"
    """From which the last two go back once the money came back."""


class ReconciliationStatus(Status):
    """Whether a supplier's month is explained; a sealed one is never touched, only superseded."""

    OPEN = "open", "explained"
    EXPLAINED = "explained", "sealed"
    SEALED = "sealed", "superseded"
    SUPERSEDED = "superseded"


class ReopeningStatus(Status):
    """Whether a sealed month is explained once more, as somebody proposed."""

    PROPOSED = "proposed", "effected rejected withdrawn"
    EFFECTED = "effected"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class SettlementStatus(Status):
    """What a supplier is owed for a month."""

    CALCULATED = "calculated", "approved rejected"
    APPROVED = "approved", "sealed"
    SEALED = "sealed"
    REJECTED = "rejected"


class PaymentBatchStatus(Status):
    """One payment file: who made it, who approved it, who let it go."""

    PLANNED = "planned", "approved cancelled"
    APPROVED = "approved", "released cancelled"
    RELEASED = "released"
    CANCELLED = "cancelled"


class PaymentStatus(Status):
    """Money on its way to a payee."""

    PLANNED = "planned", "approved cancelled"
    APPROVED = "approved", "sent cancelled"
    SENT = "sent", "accepted_by_bank settled rejected returned"
    ACCEPTED_BY_BANK = "accepted_by_bank", "settled rejected returned"
    SETTLED = "settled", "returned"
    """Booked on our account, says the bank."""
    REJECTED = "rejected"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class WithholdingStatus(Status):
    """Tax kept back from a payment on behalf of the payee."""

    COMPUTED = "computed", "booked cancelled"
    BOOKED = "booked", "filed"
    FILED = "filed", "remitted booked"
    REMITTED = "remitted", "certified filed"
    """Paid over; from which it goes back once that money came back."""
    CERTIFIED = "certified"
    CANCELLED = "cancelled"


class FilingStatus(Status):
    """What a tax office has been told by one version of a return."""

    PREPARED = "prepared", "checked superseded"
    CHECKED = "checked", "approved rejected superseded"
    APPROVED = "approved", "written superseded"
    WRITTEN = "written", "submitted rejected"
    """The file lies outside, named by its hash; a person may have handed it in."""
    SUBMITTED = "submitted", "accepted rejected amended"
    ACCEPTED = "accepted", "amended"
    REJECTED = "rejected"
    """By our own desk before it was handed in, or by the office after."""
    AMENDED = "amended", "submitted accepted"
    """A later version took its place; it stands again once the office rejects that one."""
    SUPERSEDED = "superseded"
    """Before it was handed in, another version took its place."""
