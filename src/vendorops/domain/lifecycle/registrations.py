"""Registrations of persons with a tax office or a market regulator."""

from vendorops.domain.lifecycle.status import Status


class TaxRegistrationStatus(Status):
    """Where an application for a registration stands."""

    APPLIED = "applied", "registered refused withdrawn"
    REGISTERED = "registered", "ended"
    REFUSED = "refused"
    """By the office."""
    WITHDRAWN = "withdrawn"
    """By us: somebody found that people are registered in bulk."""
    ENDED = "ended"
