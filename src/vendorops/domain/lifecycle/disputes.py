"""What supplier and buyer do not agree on."""

from vendorops.domain.lifecycle.status import Status


class DisputeStatus(Status):
    """How far a supplier and we have come about an amount that is not to be paid as claimed."""

    OPEN = "open", "answered proposed escalated withdrawn lapsed"
    ANSWERED = "answered", "proposed escalated withdrawn lapsed"
    ESCALATED = "escalated", "answered proposed withdrawn lapsed"
    """Whose turn it was let his day pass."""
    PROPOSED = "proposed", "agreed answered lapsed"
    """One person wrote down an outcome; another has yet to decide it."""
    AGREED = "agreed", "closed"
    """Decided; a credit of it is still to come as a document."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """The claim was rejected, or the finding went when its month was explained once more."""
