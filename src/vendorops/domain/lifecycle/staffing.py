"""What people who work by the hour hand in, and the rates that bound it."""

from vendorops.domain.lifecycle.status import Status


class RateCardStatus(Status):
    """Whether a supplier's rates bound what orders may cost."""

    DRAFT = "draft", "approved rejected"
    APPROVED = "approved", "effective"
    EFFECTIVE = "effective", "superseded"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"


class TimesheetStatus(Status):
    """Whether time counts; a correction that was itself rejected leaves what it corrected."""

    SUBMITTED = "submitted", "approved rejected corrected"
    APPROVED = "approved", "corrected"
    CORRECTED = "corrected", "approved rejected"
    REJECTED = "rejected"


class ExpenseSheetStatus(Status):
    """Whether expenses are paid back."""

    SUBMITTED = "submitted", "approved rejected"
    APPROVED = "approved"
    REJECTED = "rejected"
