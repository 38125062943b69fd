"""What the other side says of a settlement before it is paid."""

from vendorops.domain.lifecycle.status import Status


class ConfirmationStatus(Status):
    """Whether a supplier or person agrees to the statement of a settlement."""

    SHOWN = "shown", "confirmed disputed agreed_by_silence lapsed"
    CONFIRMED = "confirmed"
    AGREED_BY_SILENCE = "agreed_by_silence"
    LAPSED = "lapsed"
    """It was paid, as it might be, before anybody had answered."""
    DISPUTED = "disputed", "overruled shown"
    """Shown again where somebody of ours keeps it unpaid until it is confirmed."""
    OVERRULED = "overruled"
    """Somebody of ours had it paid as it stands; what is open is talked about as a dispute."""
