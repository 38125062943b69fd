"""Decisions: what people are asked and answer, and who may answer in whose place."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index

from vendorops.domain.lifecycle import DecisionStatus, Status
from vendorops.tables.columns import (
    Row,
    day,
    instant,
    lifecycle,
    link,
    once_where,
    one_of,
    strict,
    text,
    whole,
)

ABOUT = ("subject_table", "subject_id", "kind", "content_sha256")


class Decision(Row, table=True):
    """A question put to a person, bound to the content it shows, and the answer given.

    Where the approval matrix asks for several people, each step is a decision of its own about
    the same content. A correction is another decision, which names the one it corrects.
    """

    __table_args__ = strict(
        lifecycle(DecisionStatus),
        one_of("answer", ("", "approve", "reject")),
        CheckConstraint("asked_by <> answered_by", name="four_eyes"),
        CheckConstraint(
            "on_behalf_of <> answered_by AND on_behalf_of <> asked_by", name="eyes_of_both"
        ),
        CheckConstraint("status <> 'answered' OR answer <> ''", name="answered_has_an_answer"),
        CheckConstraint("effective_on IS NULL OR status = 'answered'", name="effective_stands"),
        CheckConstraint("step >= 1 AND step <= steps", name="step"),
        CheckConstraint("due_on >= asked_on", name="due"),
        Index("ix_decision_subject", "subject_table", "subject_id", "kind"),
        Index("ix_decision_waiting", "status", "due_on"),
        Index("ix_decision_owner", "owner", "status"),
        once_where(
            "uq_decision_one_open", ABOUT, "status IN ('requested', 'reminded', 'escalated')"
        ),
        once_where("uq_decision_one_answer", (*ABOUT, "risk", "step"), "status = 'answered'"),
    )
    states: ClassVar[type[Status]] = DecisionStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"answer", "answered_by", "answered_on", "answered_at", "reason", "authority", "detail"}
        | {"owner", "missing", "escalation", "on_behalf_of", "by_role", "effective_on"}
    )

    reference: str = text(unique=True)
    kind: str = text()
    """What is asked: qualification, contract, acceptance, exception, settlement …"""
    subject_table: str = text()
    subject_id: int = whole()
    subject_reference: str = text()
    party_id: int | None = link("party", optional=True)
    """Whom it is about; members of that party may not answer, unless the role is `supplier`."""
    content_sha256: str = text()
    question: str = text()
    """One sentence for the person asked; no identity or account numbers."""
    program: str = text(default="")
    place: str = text(default="")
    risk: str = text(default="")
    """Tier of risk at the asking; another tier is another question."""
    amount_minor: int = whole(default=0)
    currency: str = text(default="")
    rule_id: int | None = link("approvalrule", optional=True)
    """The row of the approval matrix it is asked under; none where the matrix says nothing."""
    step: int = whole(default=1)
    steps: int = whole(default=1)
    role: str = text()
    """Whoever holds this role may answer."""
    corrects_id: int | None = link("decision", optional=True, unique=True)
    not_by: str = text(default="")
    """Handles that took part before and may not answer, separated by blanks."""
    asked_by: str = text()
    asked_on: date = day()
    due_on: date = day()
    owner: str = text(default="")
    """Who is chased for the answer; changes with the clock, and when he may no longer answer."""
    missing: str = text(default="")
    """What is missing where nobody may answer and so nobody owns it."""
    escalation: int = whole(default=0)
    """0: those who hold the role; 1: their deputies too; 2: the superior role too."""
    answer: str = text(default="")
    answered_by: str | None = text(default=None)
    on_behalf_of: str = text(default="")
    """In whose place it was answered, by delegation or as his deputy."""
    by_role: str = text(default="")
    """The role that was held: the one asked, or after escalation its superior."""
    answered_on: date | None = day(default=None)
    answered_at: datetime | None = instant(default=None)
    reason: str = text(default="")
    authority: str = text(default="")
    """The right to answer held at that moment, as canonical JSON: role, limit, row and step."""
    detail: str = text(default="{}")
    """What the answer adds, as canonical JSON: for acceptance, quantities by work reference."""
    effective_on: date | None = day(default=None)
    """When a stage acted on it; from then on it is not corrected any more."""
    status: str = text(default=DecisionStatus.REQUESTED.value, index=True)


class ApprovalRule(Row, table=True):
    """A row of the approval matrix: who must approve which questions, from which day."""

    __table_args__ = strict(
        Index(
            "uq_approvalrule_scope",
            *("kind", "program", "place", "risk", "currency", "from_minor", "valid_from"),
            unique=True,
        ),
        CheckConstraint("from_minor >= 0", name="from"),
        CheckConstraint("from_minor = 0 OR currency <> ''", name="currency"),
        CheckConstraint("length(cite) > 2", name="cited"),
    )
    witnessed: ClassVar[bool] = True

    reference: str = text(unique=True)
    kind: str = text()
    program: str = text(default="")
    """Any, where empty; so are place, risk and currency."""
    place: str = text(default="")
    risk: str = text(default="")
    currency: str = text(default="")
    from_minor: int = whole(default=0)
    """Least amount for which it holds."""
    valid_from: date = day()
    cite: str = text()
    """Where it was agreed."""


class ApprovalStep(Row, table=True):
    """One who must approve, in turn; a row of the matrix without steps ends the one before."""

    __table_args__ = strict(
        Index("uq_approvalstep_turn", "rule_id", "step", unique=True),
        CheckConstraint("step >= 1 AND due_days >= 0", name="step"),
    )
    witnessed: ClassVar[bool] = True

    rule_id: int = link("approvalrule")
    step: int = whole()
    role: str = text()
    due_days: int = whole()
    """Working days to answer in."""


class EscalationRule(Row, table=True):
    """When questions that are late are reminded of and escalated, and to whom in the end."""

    __table_args__ = strict(
        Index("uq_escalationrule_from", "kind", "role", "valid_from", unique=True),
        CheckConstraint(
            "remind_days >= 0 AND deputy_days >= remind_days AND superior_days >= deputy_days",
            name="order",
        ),
        CheckConstraint("escalates_to = '' OR (role <> '' AND role <> escalates_to)", name="up"),
        CheckConstraint("length(cite) > 2", name="cited"),
    )
    witnessed: ClassVar[bool] = True

    kind: str = text(default="")
    role: str = text(default="")
    remind_days: int = whole()
    """Working days after the due day, like the next two."""
    deputy_days: int = whole()
    superior_days: int = whole()
    escalates_to: str = text(default="")
    """The superior role, where there is one."""
    valid_from: date = day()
    cite: str = text()


class Delegation(Row, table=True):
    """The right to answer in somebody's place, for a time and within his own limit."""

    __table_args__ = strict(
        CheckConstraint("delegator <> delegate AND entered_by <> delegate", name="to_another"),
        CheckConstraint(
            "confirmed_by <> entered_by AND confirmed_by <> delegate", name="two_admins"
        ),
        CheckConstraint("valid_to > valid_from", name="validity"),
        CheckConstraint("limit_minor >= 0", name="limit"),
        CheckConstraint("length(reason) > 1", name="reason"),
    )
    witnessed: ClassVar[bool] = True
    filled_later: ClassVar[frozenset[str]] = frozenset({"confirmed_by", "ended_on"})

    reference: str = text(unique=True)
    delegator: str = text(foreign_key="person.handle", index=True)
    delegate: str = text(foreign_key="person.handle", index=True)
    role: str = text()
    limit_minor: int | None = whole(default=None)
    """Largest amount, in minor units of `currency`; none means the delegator's own limit."""
    currency: str = text(default="")
    valid_from: date = day()
    valid_to: date = day()
    """First day on which it no longer holds."""
    reason: str = text()
    entered_by: str = text()
    """The delegator himself, or an admin; then another admin confirms it before it holds."""
    confirmed_by: str | None = text(default=None)
    ended_on: date | None = day(default=None)
    """When it was taken back; it does not hold from then on."""
