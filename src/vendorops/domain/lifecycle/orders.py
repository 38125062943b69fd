"""What is called off under a contract, who does it, and what we are owed back."""

from vendorops.domain.lifecycle.status import Status


class WorkerStatus(Status):
    """Whether a person may be proposed and put to work."""

    ACTIVE = "active", "inactive"
    INACTIVE = "inactive", "active"


class WorkOrderStatus(Status):
    """Whether something is on order: an assignment, a statement of work, a task."""

    DRAFT = "draft", "accepted rejected"
    ACCEPTED = "accepted", "active terminated"
    ACTIVE = "active", "closed terminated"
    CLOSED = "closed"
    REJECTED = "rejected"
    TERMINATED = "terminated"


class OrderRevisionStatus(Status):
    """Whether a change of an order holds: an extension, another rate, an end, a change order."""

    DRAFT = "draft", "approved rejected"
    APPROVED = "approved", "applied rejected"
    APPLIED = "applied"
    REJECTED = "rejected"


class ChecklistItemStatus(Status):
    """Whether something that must be done before a start or an end has been."""

    OPEN = "open", "submitted done waived"
    SUBMITTED = "submitted", "done open waived"
    DONE = "done", "expired"
    WAIVED = "waived"
    EXPIRED = "expired", "submitted done waived"


class CreditMemoStatus(Status):
    """How far what a supplier owes us back has been taken off what we owe it."""

    DRAFT = "draft", "issued cancelled"
    ISSUED = "issued", "applied exhausted cancelled"
    APPLIED = "applied", "exhausted"
    EXHAUSTED = "exhausted"
    CANCELLED = "cancelled"
