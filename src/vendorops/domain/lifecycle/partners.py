"""Those we work with: suppliers, what they show, what was found about them."""

from vendorops.domain.lifecycle.status import Status


class SupplierStatus(Status):
    """Whether we work with a party; suspension stops new work, never money already owed."""

    REQUESTED = "requested", "invited registered disqualified"
    INVITED = "invited", "registered requested disqualified"
    REGISTERED = "registered", "qualified disqualified"
    QUALIFIED = "qualified", "preferred suspended off_boarded"
    PREFERRED = "preferred", "qualified suspended off_boarded"
    SUSPENDED = "suspended", "qualified off_boarded disqualified"
    DISQUALIFIED = "disqualified", "requested"
    OFF_BOARDED = "off_boarded"


class SupplierChangeStatus(Status):
    """What became of a proposal to change how we stand to a supplier."""

    PROPOSED = "proposed", "effected rejected withdrawn"
    EFFECTED = "effected"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class QualificationStatus(Status):
    """Whether a supplier may serve one program in one place."""

    SUBMITTED = "submitted", "in_review rejected"
    IN_REVIEW = "in_review", "approved rejected submitted"
    APPROVED = "approved", "expired rejected"
    REJECTED = "rejected", "submitted"
    EXPIRED = "expired", "submitted"


class ComplianceDocumentStatus(Status):
    """Whether a licence, insurance or proof may be relied on."""

    RECEIVED = "received", "checked verified rejected superseded"
    CHECKED = "checked", "verified rejected superseded"
    VERIFIED = "verified", "expiring expired superseded"
    EXPIRING = "expiring", "expired superseded"
    EXPIRED = "expired", "superseded"
    REJECTED = "rejected", "superseded"
    SUPERSEDED = "superseded"


class RenewalStatus(Status):
    """Whether a document that ends was renewed in time; one that lapsed may still be renewed."""

    OPEN = "open", "done lapsed dropped"
    LAPSED = "lapsed", "done dropped"
    DONE = "done"
    DROPPED = "dropped"


class ReviewStatus(Status):
    """Whether a doubt that a check raised was found harmless or true."""

    OPEN = "open", "cleared confirmed withdrawn"
    CLEARED = "cleared"
    CONFIRMED = "confirmed", "cleared"
    WITHDRAWN = "withdrawn"


class WatchlistStatus(Status):
    """Whether a version of a list is what parties are screened against."""

    CURRENT = "current", "superseded"
    SUPERSEDED = "superseded"


class BankAccountStatus(Status):
    """Whether money may be sent to an account; an approved one is waiting out its cooling-off."""

    PROPOSED = "proposed", "verified revoked"
    VERIFIED = "verified", "approved revoked"
    APPROVED = "approved", "active revoked"
    ACTIVE = "active", "superseded revoked"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
