"""How a need for people becomes one who starts: asked for, sent out, proposed, met, offered."""

from vendorops.domain.lifecycle.status import Status


class RequisitionStatus(Status):
    """How far a need for people has come (Fieldglass job posting)."""

    DRAFT = "draft", "pending_approval cancelled"
    PENDING_APPROVAL = "pending_approval", "approved cancelled"
    APPROVED = "approved", "distributed cancelled closed"
    DISTRIBUTED = "distributed", "in_progress cancelled closed"
    IN_PROGRESS = "in_progress", "filled cancelled closed"
    FILLED = "filled", "closed"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class DistributionStatus(Status):
    """What a supplier did with a requisition that was, or is yet to be, sent to it."""

    SCHEDULED = "scheduled", "released cancelled"
    RELEASED = "released", "viewed responded declined cancelled"
    VIEWED = "viewed", "responded declined cancelled"
    RESPONDED = "responded", "cancelled"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    """The requisition ended, or the supplier was not fit for it, before it answered."""


class SubmissionStatus(Status):
    """How far a candidate has come whom a supplier proposed."""

    SUBMITTED = "submitted", "shortlisted rejected withdrawn duplicate"
    SHORTLISTED = "shortlisted", "interviewing offered rejected withdrawn"
    INTERVIEWING = "interviewing", "offered rejected withdrawn"
    OFFERED = "offered", "accepted rejected withdrawn"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    """Somebody else, or an earlier submission, owns the candidate for this requisition."""


class InterviewStatus(Status):
    """Whether a meeting with a candidate is agreed on, and whether it took place."""

    PROPOSED = "proposed", "confirmed cancelled"
    CONFIRMED = "confirmed", "done no_show cancelled"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class OfferStatus(Status):
    """What became of an offer to a candidate."""

    DRAFT = "draft", "released withdrawn"
    RELEASED = "released", "accepted declined expired withdrawn"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """We did not approve it, or took it back with what it was made for."""
