"""What becomes of what a bank tells us."""

from vendorops.domain.lifecycle.status import Status


class BankFileStatus(Status):
    """Whether a file of the bank could be read."""

    RECEIVED = "received", "entered rejected quarantined"
    ENTERED = "entered"
    REJECTED = "rejected", "received"
    """Read again when it is handed in again: what was missing may be there now."""
    QUARANTINED = "quarantined"


class BankEntryStatus(Status):
    """Whether one line of the bank is explained; nothing is ever guessed."""

    OPEN = "open", "matched noted set_aside"
    MATCHED = "matched"
    NOTED = "noted"
    """It told the state of a payment and moved no money."""
    SET_ASIDE = "set_aside"
    """A person said that it is none of our payments."""


class FreezeStatus(Status):
    """Whether release is frozen."""

    STANDING = "standing", "lifted"
    LIFTED = "lifted"
