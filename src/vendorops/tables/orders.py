"""What is called off under contracts: orders, their priced lines, their changes, their people."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import (
    ChecklistItemStatus,
    OrderRevisionStatus,
    Status,
    WorkerStatus,
    WorkOrderStatus,
)
from vendorops.tables.columns import Row, day, lifecycle, link, one_of, strict, text, whole


class Worker(Row, table=True):
    """A person who works for a supplier, or is one (HR Open `Worker`); the number is vaulted."""

    __table_args__ = strict(
        lifecycle(WorkerStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("supplier_id", "identifier_scheme", "identifier_index"),
    )
    states: ClassVar[type[Status]] = WorkerStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"email"})

    reference: str = text()
    supplier_id: int = link("supplier")
    name: str = text()
    place: str = text()
    identifier_scheme: str = text()
    """A module of identifiers/, such as `cn_citizen_id`."""
    identifier_masked: str = text()
    identifier_index: str = text(index=True)
    """Blind index of the number: one person is found again at another supplier."""
    born_on: date | None = day(default=None)
    email: str = text(default="")
    status: str = text(default=WorkerStatus.ACTIVE.value, index=True)


class WorkOrder(Row, table=True):
    """Something called off under a contract: a work order, a statement of work or a task order.

    Its prices are its lines. What a revision changes is set anew here; its row tells of before.
    """

    __table_args__ = strict(
        lifecycle(WorkOrderStatus),
        one_of("form", ("work_order", "statement_of_work", "task_order")),
        UniqueConstraint("reference"),
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("budget_minor > 0", name="budget"),
        CheckConstraint("revision >= 0", name="revision"),
        CheckConstraint("accepted_minor >= 0 AND accepted_minor <= budget_minor", name="accepted"),
    )
    states: ClassVar[type[Status]] = WorkOrderStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"revision", "ends_on", "budget_minor", "accepted_minor", "worker_id", "closed_because"}
    )

    reference: str = text()
    form: str = text()
    contract_id: int = link("contract")
    worker_id: int | None = link("worker", optional=True)
    """Who does it, where one person does."""
    title: str = text()
    role: str = text(default="")
    """A code of the role catalogue, such as `2.3.4`."""
    site: str = text(default="")
    mode: str = text(default="")
    """Engagement mode that was decided for it, such as `labor_dispatch`."""
    starts_on: date = day()
    ends_on: date = day()
    """First day no longer covered."""
    currency: str = text()
    budget_minor: int = whole()
    """Not to exceed: the most that accepted work under it may come to, without tax."""
    accepted_minor: int = whole(default=0)
    """What accepted work has taken of the budget; raised by one conditional UPDATE."""
    revision: int = whole(default=0)
    requested_by: str = text()
    ordered_on: date = day()
    closed_because: str = text(default="")
    status: str = text(default=WorkOrderStatus.DRAFT.value, index=True)


class OrderLine(Row, table=True):
    """One price of an order from a day on; entries are added by revisions, never edited."""

    __table_args__ = strict(
        one_of("kind", ("time", "event", "schedule", "unit", "no_cost", "expense")),
        UniqueConstraint("work_order_id", "number", "valid_from", "revision"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("price_e6 >= 0 AND pay_e6 >= 0 AND most_e4 >= 0", name="not_negative"),
    )
    witnessed: ClassVar[bool] = True

    work_order_id: int = link("workorder")
    number: int = whole()
    revision: int = whole(default=0)
    """The revision that brought it; 0 for what was ordered at first."""
    code: str = text()
    """A term code of the contract's program, such as `regular_hours` or `milestone`."""
    kind: str = text()
    """Fieldglass's characteristics: event, schedule, unit (fee), no_cost; time and expense."""
    description: str = text()
    unit: str = text()
    """UN/ECE Recommendation 20 code."""
    price_e6: int = whole()
    """What we are billed for a unit, in millionths of the major unit."""
    pay_e6: int = whole(default=0)
    """What of it the worker is paid; 0 where it is not told apart."""
    most_e4: int = whole(default=0)
    """Most that is accepted of it, in ten-thousandths; 0 where only the budget limits it."""
    due_on: date | None = day(default=None)
    valid_from: date = day()


class OrderRevision(Row, table=True):
    """A change of an order: Beeline's re-rate and extension, VNDLY's change order."""

    __table_args__ = strict(
        lifecycle(OrderRevisionStatus),
        one_of("kind", ("extend", "re_rate", "end", "change")),
        UniqueConstraint("reference"),
        UniqueConstraint("work_order_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )
    states: ClassVar[type[Status]] = OrderRevisionStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"applied_on"})

    reference: str = text()
    work_order_id: int = link("workorder")
    number: int = whole()
    kind: str = text()
    valid_from: date = day()
    delta_minor: int = whole(default=0)
    """By how much the budget changes."""
    before: str = text()
    """What it changes, as it was: canonical JSON."""
    after: str = text()
    reason: str = text()
    proposed_by: str = text()
    proposed_on: date = day()
    applied_on: date | None = day(default=None)
    status: str = text(default=OrderRevisionStatus.DRAFT.value, index=True)


class ChecklistItem(Row, table=True):
    """Something to be done before the first day of an order, or at its end (Wand item)."""

    __table_args__ = strict(
        lifecycle(ChecklistItemStatus),
        one_of("required_before", ("start", "end")),
        UniqueConstraint("work_order_id", "required_before", "code"),
    )
    states: ClassVar[type[Status]] = ChecklistItemStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"evidence_sha256", "done_by", "holds_to"})

    work_order_id: int = link("workorder")
    code: str = text()
    """badge, safety_briefing, equipment_returned, access_withdrawn …"""
    sentence: str = text()
    required_before: str = text()
    due_on: date = day()
    evidence_sha256: str = text(default="")
    done_by: str = text(default="")
    holds_to: date | None = day(default=None)
    """First day on which it must be done again: a returning worker brings what still holds."""
    status: str = text(default=ChecklistItemStatus.OPEN.value, index=True)
