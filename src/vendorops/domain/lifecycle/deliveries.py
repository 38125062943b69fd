"""How far what was delivered under an order has been accepted, and a month's levels closed."""

from vendorops.domain.lifecycle.status import Status


class DeliveryStatus(Status):
    """Whether a delivery was put before a buyer, and what of it was accepted."""

    SUBMITTED = "submitted", "reported withdrawn"
    REPORTED = "reported", "accepted partly_accepted rejected"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class MeasurementStatus(Status):
    """Whether a measured value stands; a correction reverses it and enters another."""

    REPORTED = "reported", "reversed"
    REVERSED = "reversed"


class ServiceMonthStatus(Status):
    """Whether the measured levels of a month were turned into a credit, or none was due."""

    OPEN = "open", "closed reversed"
    CLOSED = "closed", "reversed"
    REVERSED = "reversed"
