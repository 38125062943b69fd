"""Freelance tasks: what is posted, who asks for it and takes it, and what is delivered."""

from vendorops.domain.lifecycle.status import Status


class TaskStatus(Status):
    """Whether a task is open to freelancers; what becomes of each slot is its assignment's."""

    DRAFT = "draft", "posted rejected"
    POSTED = "posted", "assigned settled expired"
    ASSIGNED = "assigned", "posted settled expired"
    """Every slot is taken."""
    SETTLED = "settled"
    EXPIRED = "expired"
    """It ended with nothing accepted."""
    REJECTED = "rejected"


class TaskApplicationStatus(Status):
    """What became of a freelancer's wish to do a task."""

    APPLIED = "applied", "taken turned_down lapsed"
    TAKEN = "taken"
    TURNED_DOWN = "turned_down"
    LAPSED = "lapsed"
    """The slots were gone, or the deadline was, before anybody decided."""


class TaskAssignmentStatus(Status):
    """How far one slot of a task has come: its order is signed, the work delivered and paid."""

    OFFERED = "offered", "assigned declined expired"
    ASSIGNED = "assigned", "submitted expired"
    SUBMITTED = "submitted", "accepted rejected rework"
    REWORK = "rework", "submitted accepted rejected"
    ACCEPTED = "accepted", "settled"
    REJECTED = "rejected"
    DECLINED = "declined"
    EXPIRED = "expired"
    SETTLED = "settled"


class TaskDeliveryStatus(Status):
    """What the buyer said of one delivery, once it stands on a sheet of work."""

    DELIVERED = "delivered", "on_sheet"
    ON_SHEET = "on_sheet", "accepted partly_accepted rejected"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
