"""What people are asked, and what the outside world was promised."""

from vendorops.domain.lifecycle.status import Status


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
