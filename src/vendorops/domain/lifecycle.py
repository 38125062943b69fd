"""Every state machine of the company, on one page.

A member is written `NAME = "value", "values it may become"`, so a state and its arrows share a
line. Only `Books.move` writes a status, and it asks `Status.check` first. A row is born in the
first state of its lifecycle. The words are those of vendor-management systems for people and
work, and of UBL, EN 16931 and ISO 20022 for money documents.
"""

from enum import StrEnum
from typing import Self

from vendorops.domain.refusal import Refused


class IllegalMove(Refused):
    """The lifecycle has no such arrow."""


class Status(StrEnum):
    """A state that knows which states may follow it."""

    follows: frozenset[str]

    def __new__(cls, value: str, follows: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.follows = frozenset(follows.split())
        return member

    @classmethod
    def first(cls) -> Self:
        """Return the state in which rows are born."""
        return next(iter(cls))

    def check(self, after: str) -> None:
        """Refuse a move for which there is no arrow.

        >>> PaymentStatus.SETTLED.check("planned")
        Traceback (most recent call last):
        vendorops.domain.lifecycle.IllegalMove: PaymentStatus: settled may not become planned
        """
        if after not in self.follows:
            raise IllegalMove(f"{type(self).__name__}: {self} may not become {after}")


class SupplierStatus(Status):
    """Whether we work with a party; suspension stops new work, never money already owed."""

    REQUESTED = "requested", "invited registered disqualified"
    INVITED = "invited", "registered disqualified"
    REGISTERED = "registered", "qualified disqualified"
    QUALIFIED = "qualified", "preferred suspended off_boarded"
    PREFERRED = "preferred", "qualified suspended off_boarded"
    SUSPENDED = "suspended", "qualified off_boarded disqualified"
    DISQUALIFIED = "disqualified", "requested"
    OFF_BOARDED = "off_boarded"


class QualificationStatus(Status):
    """Whether a supplier may serve one program in one place."""

    SUBMITTED = "submitted", "in_review rejected"
    IN_REVIEW = "in_review", "approved rejected submitted"
    APPROVED = "approved", "expired rejected"
    REJECTED = "rejected", "submitted"
    EXPIRED = "expired", "submitted"


class ComplianceDocumentStatus(Status):
    """Whether a licence, insurance or proof may be relied on."""

    RECEIVED = "received", "verified rejected superseded"
    VERIFIED = "verified", "expiring expired superseded"
    EXPIRING = "expiring", "expired superseded"
    EXPIRED = "expired", "superseded"
    REJECTED = "rejected", "superseded"
    SUPERSEDED = "superseded"


class ReviewStatus(Status):
    """Whether a doubt that a check raised was found harmless or true."""

    OPEN = "open", "cleared confirmed"
    CLEARED = "cleared"
    CONFIRMED = "confirmed"


class BankAccountStatus(Status):
    """Whether money may be sent to an account; an approved one is waiting out its cooling-off."""

    PROPOSED = "proposed", "verified revoked"
    VERIFIED = "verified", "approved revoked"
    APPROVED = "approved", "active revoked"
    ACTIVE = "active", "superseded revoked"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


class ContractStatus(Status):
    """Whether the parties are bound."""

    DRAFT = "draft", "approved rejected"
    APPROVED = "approved", "sent"
    SENT = "sent", "signed rejected"
    SIGNED = "signed", "effective"
    EFFECTIVE = "effective", "expired terminated"
    REJECTED = "rejected"
    EXPIRED = "expired"
    TERMINATED = "terminated"


class ServiceSheetStatus(Status):
    """Whether the work of one contract and month was accepted (acceptance is not delivery)."""

    SUBMITTED = "submitted", "accepted partly_accepted rejected"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"


class ReceivedFileStatus(Status):
    """What became of a file that a supplier sent."""

    RECEIVED = "received", "booked rejected quarantined"
    BOOKED = "booked"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


class InvoiceStatus(Status):
    """How far a claim has come (Peppol Invoice Response codes AB, IP, UQ, CA, AP, RE, PD)."""

    ACKNOWLEDGED = "acknowledged", "in_process rejected"
    IN_PROCESS = "in_process", "accepted under_query rejected"
    UNDER_QUERY = "under_query", "conditionally_accepted accepted rejected in_process"
    CONDITIONALLY_ACCEPTED = "conditionally_accepted", "part_paid in_process"
    ACCEPTED = "accepted", "paid in_process"
    REJECTED = "rejected"
    PART_PAID = "part_paid"
    PAID = "paid"


class ReconciliationStatus(Status):
    """Whether a supplier's month is explained; a sealed one is never touched, only superseded."""

    OPEN = "open", "explained"
    EXPLAINED = "explained", "sealed"
    SEALED = "sealed", "superseded"
    SUPERSEDED = "superseded"


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
    REJECTED = "rejected"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class WithholdingStatus(Status):
    """Tax kept back from a payment on behalf of the payee."""

    COMPUTED = "computed", "booked cancelled"
    BOOKED = "booked", "filed"
    FILED = "filed", "remitted"
    REMITTED = "remitted", "certified"
    CERTIFIED = "certified"
    CANCELLED = "cancelled"


class FilingStatus(Status):
    """What the tax office has been told."""

    PREPARED = "prepared", "approved rejected"
    APPROVED = "approved", "submitted"
    SUBMITTED = "submitted", "accepted rejected"
    ACCEPTED = "accepted", "amended"
    REJECTED = "rejected", "amended"
    AMENDED = "amended"


class DecisionStatus(Status):
    """A question put to a person, who may take weeks."""

    REQUESTED = "requested", "reminded escalated answered void"
    REMINDED = "reminded", "escalated answered void"
    ESCALATED = "escalated", "answered void"
    ANSWERED = "answered", "corrected"
    CORRECTED = "corrected"
    VOID = "void"


class EffectStatus(Status):
    """An effect on the outside world that was promised in a transaction."""

    PENDING = "pending", "done"
    DONE = "done"
