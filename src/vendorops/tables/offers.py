"""How candidates become workers: who met them, and what they were offered."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import InterviewStatus, OfferStatus, Status
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
from vendorops.tables.sourcing import PAY_UNITS


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
        CheckConstraint("approved_by <> drafted_by", name="not_approved_by_oneself"),
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
