"""Claims that look like one that was booked before."""

from vendorops.domain.lifecycle.status import Status


class PossibleDuplicateStatus(Status):
    """What became of the suspicion that a claim was made before."""

    OPEN = "open", "dismissed confirmed lapsed"
    DISMISSED = "dismissed"
    """A person says that both are owed."""
    CONFIRMED = "confirmed"
    """A person says that it is the same again."""
    LAPSED = "lapsed"
    """The earlier claim was credited or rejected since."""
