"""How people are found: what is needed, who is asked for it, who is proposed, met and offered.

Instants (`…_at`) tell when each step was taken, so that every hour can be counted and given to
whoever had to act; `domain/turns.py` says whose turn a status is.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import (
    DistributionStatus,
    InterviewStatus,
    OfferStatus,
    RequisitionStatus,
    Status,
    SubmissionStatus,
)
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

PAY_UNITS = ("year", "month", "day", "hour")


class Requisition(Row, table=True):
    """So many people of one role, wanted by a day (Fieldglass job posting)."""

    __table_args__ = strict(
        lifecycle(RequisitionStatus),
        one_of("pay_kind", ("salary", "bill_rate")),
        one_of("pay_unit", PAY_UNITS),
        UniqueConstraint("reference"),
        CheckConstraint("positions > 0", name="positions"),
        CheckConstraint("budget_minor > 0 AND units_e4 > 0", name="budget"),
        CheckConstraint("starts_on >= deadline", name="deadline"),
    )
    states: ClassVar[type[Status]] = RequisitionStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"asked_at", "approved_at", "approved_by", "distributed_at", "started_at"}
        | {"filled_at", "ended_at", "ended_by", "ended_because"}
    )

    reference: str = text()
    legal_entity_id: int = link("legalentity")
    """For which of our companies."""
    program: str = text()
    place: str = text()
    contract_id: int | None = link("contract", optional=True)
    """Where only the supplier of one contract is asked; else each distribution names its own."""
    title: str = text()
    role: str = text()
    """A code of the role catalogue, such as `2.3.4`."""
    site: str = text(default="")
    positions: int = whole()
    pay_kind: str = text()
    """`salary`: the candidate's own base pay (RPO); `bill_rate`: what the supplier bills."""
    pay_unit: str = text()
    currency: str = text()
    budget_minor: int = whole()
    """The most that may be offered for one position, for one `pay_unit`, without tax."""
    units_e4: int = whole()
    """How many pay units one position is expected to take, in ten-thousandths."""
    deadline: date = day()
    """Last day on which candidates may be submitted."""
    starts_on: date = day()
    """From when the people are wanted."""
    requested_by: str = text()
    opened_by: str = text()
    """Who entered it, for himself or for the requester."""
    opened_at: datetime = instant()
    asked_at: datetime | None = instant(default=None)
    """Since when its approval is asked for."""
    approved_at: datetime | None = instant(default=None)
    """From here the offsets of its distributions are counted."""
    approved_by: str = text(default="")
    distributed_at: datetime | None = instant(default=None)
    """When it was released to the first supplier."""
    started_at: datetime | None = instant(default=None)
    """When the first candidate was submitted that is no duplicate."""
    filled_at: datetime | None = instant(default=None)
    ended_at: datetime | None = instant(default=None)
    ended_by: str = text(default="")
    ended_because: str = text(default="")
    status: str = text(default=RequisitionStatus.DRAFT.value, index=True)


class Distribution(Row, table=True):
    """That a supplier is asked for candidates, and from when on (Beeline tier)."""

    __table_args__ = strict(
        lifecycle(DistributionStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("requisition_id", "supplier_id"),
        CheckConstraint("tier > 0", name="tier"),
        CheckConstraint("offset_hours >= 0 AND gate_minimum >= 0", name="not_negative"),
        CheckConstraint(
            "status IN ('scheduled', 'cancelled') OR released_at IS NOT NULL", name="released"
        ),
    )
    states: ClassVar[type[Status]] = DistributionStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"released_at", "viewed_at", "responded_at", "declined_at", "answered_by"}
        | {"ended_at", "ended_because"}
    )

    reference: str = text()
    requisition_id: int = link("requisition")
    supplier_id: int = link("supplier")
    contract_id: int = link("contract")
    """Under which the supplier is paid for whom it finds."""
    tier: int = whole()
    offset_hours: int = whole()
    """How long after approval it is released; days are 24 hours each."""
    gate: str = text(default="")
    """A module of working/sourcing/gates/ that must let it pass; none where empty."""
    gate_minimum: int = whole(default=0)
    """What that gate asks for at least, in the gate's own measure."""
    planned_by: str = text()
    planned_at: datetime = instant()
    released_at: datetime | None = instant(default=None)
    viewed_at: datetime | None = instant(default=None)
    responded_at: datetime | None = instant(default=None)
    """When the supplier submitted its first candidate."""
    declined_at: datetime | None = instant(default=None)
    answered_by: str = text(default="")
    ended_at: datetime | None = instant(default=None)
    """When it was cancelled."""
    ended_because: str = text(default="")
    """Why it was declined or cancelled."""
    status: str = text(default=DistributionStatus.SCHEDULED.value, index=True)


class Submission(Row, table=True):
    """A candidate whom a supplier proposes (Fieldglass job seeker); the number is vaulted."""

    __table_args__ = strict(
        lifecycle(SubmissionStatus),
        UniqueConstraint("reference"),
        CheckConstraint("pay_minor >= 0 AND bill_minor >= 0", name="not_negative"),
        CheckConstraint("pay_minor > 0 OR bill_minor > 0", name="priced"),
        CheckConstraint(
            "status <> 'duplicate' OR duplicate_of_id IS NOT NULL", name="duplicate_of_what"
        ),
        CheckConstraint(
            "status <> 'accepted' OR worker_id IS NOT NULL", name="accepted_is_worker"
        ),
        once_where(
            "uq_submission_one_goes_on",
            ("requisition_id", "candidate_key"),
            "status IN ('shortlisted', 'interviewing', 'offered', 'accepted')",
        ),
    )
    states: ClassVar[type[Status]] = SubmissionStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"duplicate_of_id", "shortlisted_at", "interviewing_at", "offered_at", "ended_at"}
        | {"ended_by", "ended_because", "worker_id"}
    )

    reference: str = text()
    requisition_id: int = link("requisition")
    distribution_id: int = link("distribution")
    supplier_id: int = link("supplier")
    candidate_name: str = text()
    email: str = text(default="")
    born_on: date | None = day(default=None)
    identifier_scheme: str = text()
    """A module of identifiers/, such as `cn_ric`; the number itself lies in the vault."""
    identifier_masked: str = text()
    candidate_key: str = text(index=True)
    """Blind index of the number: one candidate is found again, whoever proposes him."""
    pay_minor: int = whole(default=0)
    """What the candidate expects, for one pay unit of the requisition; 0 where not told."""
    bill_minor: int = whole(default=0)
    """What the supplier would bill for that unit; 0 where it bills a fee."""
    represented_on: date = day()
    """When the candidate gave this supplier the right to represent him."""
    consent_sha256: str = text()
    """The paper that proves it, in the document store."""
    owned_until: date = day()
    """First day on which this submission no longer keeps others from the candidate."""
    submitted_by: str = text()
    submitted_at: datetime = instant()
    duplicate_of_id: int | None = link("submission", optional=True)
    """The submission that owned the candidate when this one came."""
    shortlisted_at: datetime | None = instant(default=None)
    interviewing_at: datetime | None = instant(default=None)
    """When the first interview was proposed."""
    offered_at: datetime | None = instant(default=None)
    """When the first offer was released."""
    ended_at: datetime | None = instant(default=None)
    """When it was accepted, rejected, withdrawn or found a duplicate."""
    ended_by: str = text(default="")
    ended_because: str = text(default="")
    worker_id: int | None = link("worker", optional=True)
    """Whom the candidate became."""
    status: str = text(default=SubmissionStatus.SUBMITTED.value, index=True)


class Interview(Row, table=True):
    """One meeting with a candidate."""

    __table_args__ = strict(
        lifecycle(InterviewStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("submission_id", "round"),
        CheckConstraint("ends_at > starts_at AND round > 0", name="times"),
    )
    states: ClassVar[type[Status]] = InterviewStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"confirmed_at", "confirmed_by", "ended_at", "ended_by", "note"}
    )

    reference: str = text()
    submission_id: int = link("submission")
    round: int = whole()
    starts_at: datetime = instant()
    ends_at: datetime = instant()
    panel: str = text()
    """Handles of those who meet the candidate, parted by spaces."""
    where: str = text(default="")
    proposed_by: str = text()
    proposed_at: datetime = instant()
    confirmed_at: datetime | None = instant(default=None)
    confirmed_by: str = text(default="")
    ended_at: datetime | None = instant(default=None)
    """When it was said to be done, missed or cancelled."""
    ended_by: str = text(default="")
    note: str = text(default="")
    status: str = text(default=InterviewStatus.PROPOSED.value, index=True)


class Offer(Row, table=True):
    """What a candidate is offered; a placement or an assignment starts from an accepted one."""

    __table_args__ = strict(
        lifecycle(OfferStatus),
        one_of("pay_kind", ("salary", "bill_rate")),
        one_of("pay_unit", PAY_UNITS),
        UniqueConstraint("reference"),
        CheckConstraint("amount_minor > 0 AND pay_minor >= 0", name="amount"),
        CheckConstraint(
            "status <> 'accepted' OR worker_id IS NOT NULL", name="accepted_is_worker"
        ),
        once_where(
            "uq_offer_one_lives",
            ("submission_id",),
            "status IN ('draft', 'released', 'accepted')",
        ),
    )
    states: ClassVar[type[Status]] = OfferStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"released_at", "approved_by", "answered_at", "answered_by", "answer_sha256"}
        | {"ended_because", "worker_id"}
    )

    reference: str = text()
    requisition_id: int = link("requisition")
    submission_id: int = link("submission")
    supplier_id: int = link("supplier")
    contract_id: int = link("contract")
    """Under which the supplier is paid for it."""
    pay_kind: str = text()
    """`salary`: base pay of the candidate; `bill_rate`: what the supplier bills."""
    pay_unit: str = text()
    currency: str = text()
    amount_minor: int = whole()
    """Base salary or bill rate for one pay unit, without tax."""
    pay_minor: int = whole(default=0)
    """What of a bill rate the worker is paid; 0 where it is not told apart."""
    starts_on: date = day()
    expires_on: date = day()
    """Last day on which it can be accepted."""
    drafted_by: str = text()
    drafted_at: datetime = instant()
    released_at: datetime | None = instant(default=None)
    approved_by: str = text(default="")
    answered_at: datetime | None = instant(default=None)
    """When it was accepted, declined or withdrawn, or found to have run out."""
    answered_by: str = text(default="")
    answer_sha256: str = text(default="")
    """The candidate's acceptance, in the document store."""
    ended_because: str = text(default="")
    worker_id: int | None = link("worker", optional=True)
    """Who accepted it."""
    status: str = text(default=OfferStatus.DRAFT.value, index=True)
