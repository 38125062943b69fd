"""Who was placed with us by a recruiter, for what fee, and whether the placement lasted."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.guarantee import Reason
from vendorops.domain.lifecycle import PlacementStatus, Status
from vendorops.tables.columns import (
    Row,
    day,
    lifecycle,
    link,
    once_where,
    one_of,
    strict,
    text,
    whole,
)

FEE_TERMS = ("placement_fee", "placement_fixed")
CLAIMS = ("", "replacement", "refund")


class Placement(Row, table=True):
    """One accepted offer under one contract, from before the start until the guarantee is over."""

    __table_args__ = strict(
        lifecycle(PlacementStatus),
        one_of("fee_term", FEE_TERMS),
        one_of("left_because", ("", *(reason.value for reason in Reason))),
        one_of("claims", CLAIMS),
        UniqueConstraint("reference"),
        once_where("uq_placement_offer", ("offer_reference",), "status <> 'cancelled'"),
        once_where("uq_placement_replaced_once", ("replaces_id",), "status <> 'cancelled'"),
        CheckConstraint("base_salary_minor >= 0", name="salary"),
        CheckConstraint("replaces_id IS NULL OR work_item_id IS NULL", name="one_fee"),
        CheckConstraint("left_on IS NULL OR left_on >= started_on", name="left_after_start"),
    )
    states: ClassVar[type[Status]] = PlacementStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {
            *("started_on", "start_reported_by", "work_item_id", "guarantee_until"),
            *("left_on", "left_because", "left_reported_by", "noticed_on", "evidence_sha256"),
            *("claims", "replacement_due_on"),
        }
    )

    reference: str = text()
    contract_id: int = link("contract")
    worker_id: int | None = link("worker", optional=True)
    worker_name: str = text()
    title: str = text(default="")
    """The position, in words."""
    offer_reference: str | None = text(default=None)
    """The offer that was accepted, where it was made here."""
    fee_term: str = text()
    """By which term of the contract the fee is counted."""
    currency: str = text()
    base_salary_minor: int = whole()
    """The first year's pay that the offer states; a share is taken of it."""
    starts_on: date = day()
    """As agreed in the offer."""
    replaces_id: int | None = link("placement", optional=True)
    """Whom this person replaces, free of charge."""
    placed_by: str = text()
    started_on: date | None = day(default=None)
    start_reported_by: str = text(default="")
    work_item_id: int | None = link("workitem", optional=True)
    """The line of the sheet on which the fee stands."""
    guarantee_until: date | None = day(default=None)
    """Last day of the guarantee."""
    left_on: date | None = day(default=None)
    left_because: str = text(default="")
    left_reported_by: str = text(default="")
    noticed_on: date | None = day(default=None)
    """When the leaving was reported: the notice that the contract asks for."""
    evidence_sha256: str = text(default="")
    claims: str = text(default="")
    """What we chose: a replacement or a refund."""
    replacement_due_on: date | None = day(default=None)
    status: str = text(default=PlacementStatus.ACCEPTED.value, index=True)
