"""What an engagement was found to be."""

from vendorops.domain.lifecycle.status import Status


class ClassificationStatus(Status):
    """Whether anything may rest on what a questionnaire came to."""

    PROPOSED = "proposed", "decided superseded"
    DECIDED = "decided", "appealed superseded"
    APPEALED = "appealed", "decided superseded"
    SUPERSEDED = "superseded"
