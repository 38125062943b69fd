"""Freelance tasks: what is posted, who applies, who does it, and what was delivered as proof."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import (
    Status,
    TaskApplicationStatus,
    TaskAssignmentStatus,
    TaskDeliveryStatus,
    TaskStatus,
)
from vendorops.tables.columns import Row, day, instant, lifecycle, link, strict, text, whole


class Task(Row, table=True):
    """Work offered to freelancers, one slot each, at a price for the whole or for a unit."""

    __table_args__ = strict(
        lifecycle(TaskStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("given_sha256"),
        CheckConstraint("slots > 0 AND price_e6 > 0 AND most_e4 > 0", name="above_nothing"),
        CheckConstraint("late_days >= 0 AND reworks >= 0", name="not_negative"),
        CheckConstraint("starts_on >= requested_on", name="not_back_dated"),
        CheckConstraint("deadline >= starts_on", name="period"),
    )
    states: ClassVar[type[Status]] = TaskStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"posted_on"})

    reference: str = text()
    given_sha256: str = text()
    """Hash of what was asked for, so that the same again is the same task."""
    legal_entity_id: int = link("legalentity")
    """Which of our companies buys."""
    program: str = text()
    place: str = text()
    title: str = text()
    brief: str = text()
    code: str = text()
    """A term code of the program: `task`, `hour`, `piece`."""
    currency: str = text()
    price_e6: int = whole()
    """Of the task, or of a unit, in millionths of the major unit."""
    most_e4: int = whole()
    """Most that is accepted of one slot, in ten-thousandths of a unit."""
    slots: int = whole()
    starts_on: date = day()
    deadline: date = day()
    """Last day to deliver in time."""
    late_days: int = whole(default=0)
    """Days after the deadline on which a delivery is still taken, marked late; 0: refused."""
    reworks: int = whole(default=1)
    """How often work that was not accepted may be delivered again."""
    evidence: str = text()
    """What a delivery must prove, in words."""
    category: str = text()
    """What the freelancer's invoice says it is for."""
    role: str = text(default="")
    """A code of the role catalogue."""
    site: str = text(default="")
    requested_by: str = text()
    requested_on: date = day()
    posted_on: date | None = day(default=None)
    status: str = text(default=TaskStatus.DRAFT.value, index=True)


class TaskApplication(Row, table=True):
    """A freelancer's wish to do a task, which a buyer decides on."""

    __table_args__ = strict(
        lifecycle(TaskApplicationStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("task_id", "supplier_id"),
    )
    states: ClassVar[type[Status]] = TaskApplicationStatus

    reference: str = text()
    task_id: int = link("task")
    supplier_id: int = link("supplier")
    note: str = text(default="")
    applied_by: str = text()
    applied_on: date = day()
    status: str = text(default=TaskApplicationStatus.APPLIED.value, index=True)


class TaskAssignment(Row, table=True):
    """One slot of a task in one freelancer's hands, and the task order that binds both."""

    __table_args__ = strict(
        lifecycle(TaskAssignmentStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("task_id", "supplier_id"),
        UniqueConstraint("work_order_id"),
        CheckConstraint("reworks >= 0", name="reworks"),
        CheckConstraint(
            "status NOT IN ('assigned', 'submitted', 'rework', 'accepted', 'settled', 'rejected') "
            "OR (signed_sha256 IS NOT NULL AND signed_by IS NOT NULL AND signed_on IS NOT NULL)",
            name="signed_what_was_sent",
        ),
    )
    states: ClassVar[type[Status]] = TaskAssignmentStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"template", "source_sha256", "document_sha256", "sent_sha256"}
        | {"signed_sha256", "signed_by", "signed_how", "signed_on", "reworks", "deliver_by"}
    )

    reference: str = text()
    task_id: int = link("task")
    supplier_id: int = link("supplier")
    contract_id: int = link("contract")
    work_order_id: int = link("workorder")
    application_id: int | None = link("taskapplication", optional=True)
    """None where the task was assigned without an application."""
    assigned_by: str = text()
    assigned_on: date = day()
    deliver_by: date = day()
    """Last day on which a delivery is taken: set anew for work to be done again."""
    reworks: int = whole(default=0)
    """How often work was sent back so far."""
    template: str = text(default="")
    """Of the task order's paper, like the two that follow; set when it is sent."""
    source_sha256: str = text(default="")
    document_sha256: str = text(default="")
    sent_sha256: str | None = text(default=None)
    signed_sha256: str | None = text(default=None)
    signed_by: str | None = text(default=None)
    signed_how: str = text(default="")
    signed_on: date | None = day(default=None)
    status: str = text(default=TaskAssignmentStatus.OFFERED.value, index=True)


class TaskDelivery(Row, table=True):
    """What a freelancer delivered, once, and the work item it became."""

    __table_args__ = strict(
        lifecycle(TaskDeliveryStatus),
        UniqueConstraint("task_assignment_id", "number"),
        UniqueConstraint("service_sheet_id", "sheet_line"),
        CheckConstraint("quantity_e4 > 0 AND number > 0 AND late_days >= 0", name="amounts"),
        CheckConstraint("accepted_e4 >= 0 AND accepted_e4 <= quantity_e4", name="accepted"),
        CheckConstraint("done_on <= delivered_on", name="done_before"),
        CheckConstraint(
            "status = 'delivered' OR service_sheet_id IS NOT NULL", name="judged_on_a_sheet"
        ),
    )
    states: ClassVar[type[Status]] = TaskDeliveryStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"service_sheet_id", "sheet_line", "accepted_e4"}
    )

    reference: str = text(unique=True)
    task_assignment_id: int = link("taskassignment")
    number: int = whole()
    """1 for the first, one more for each that followed a rework."""
    quantity_e4: int = whole()
    done_on: date = day()
    delivered_on: date = day()
    delivered_by: str = text()
    """Who may therefore not accept it."""
    note: str = text(default="")
    late_days: int = whole(default=0)
    """By how many days it missed the deadline."""
    service_sheet_id: int | None = link("servicesheet", optional=True)
    sheet_line: int | None = whole(default=None)
    accepted_e4: int = whole(default=0)
    status: str = text(default=TaskDeliveryStatus.DELIVERED.value, index=True)


class TaskEvidence(Row, table=True):
    """One file that proves a delivery, in the document store; never edited."""

    __table_args__ = strict(UniqueConstraint("task_delivery_id", "sha256"))
    witnessed: ClassVar[bool] = True

    task_delivery_id: int = link("taskdelivery")
    name: str = text()
    sha256: str = text(index=True)
    kept_at: datetime = instant()


class Employee(Row, table=True):
    """Somebody who is employed by us, known by a blind index only: no name and no number."""

    __table_args__ = strict(
        UniqueConstraint("identifier_scheme", "identifier_index", "since"),
        CheckConstraint("until IS NULL OR until > since", name="period"),
    )
    witnessed: ClassVar[bool] = True
    filled_later: ClassVar[frozenset[str]] = frozenset({"until"})

    identifier_scheme: str = text()
    identifier_index: str = text(index=True)
    since: date = day()
    until: date | None = day(default=None)
    """First day on which the person is no longer employed."""
    known_on: date = day()
    """When we entered it."""
