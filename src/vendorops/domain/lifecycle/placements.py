"""People whom a supplier placed with us, and whether the placement lasts."""

from vendorops.domain.lifecycle.status import Status


class PlacementStatus(Status):
    """How far a placement has come: an offer accepted, a start, a guarantee that passes or not."""

    ACCEPTED = "accepted", "started cancelled"
    STARTED = "started", "in_guarantee confirmed"
    IN_GUARANTEE = "in_guarantee", "confirmed left_early"
    LEFT_EARLY = "left_early", "replaced refund_claimed settled"
    REFUND_CLAIMED = "refund_claimed", "settled"
    REPLACED = "replaced", "settled"
    CONFIRMED = "confirmed"
    SETTLED = "settled"
    CANCELLED = "cancelled"
