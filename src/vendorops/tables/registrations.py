"""Persons who are registered for tax: for a time, or as a business of their own."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from vendorops.domain.lifecycle import Status, TaxRegistrationStatus
from vendorops.tables.columns import Row, day, lifecycle, link, once_where, one_of, strict, text

KINDS = ("temporary", "sole_trader")


class TaxRegistration(Row, table=True):
    """One application for a person, from the day it was filed to the day the registration ends."""

    __table_args__ = strict(
        lifecycle(TaxRegistrationStatus),
        UniqueConstraint("reference"),
        one_of("kind", KINDS),
        CheckConstraint(
            "status NOT IN ('registered', 'ended') OR registered_on IS NOT NULL", name="registered"
        ),
        CheckConstraint("valid_to IS NULL OR valid_to > registered_on", name="ends"),
        CheckConstraint("length(source) > 2", name="source"),
        once_where(
            "uq_taxregistration_one", ("party_id", "kind"), "status IN ('applied', 'registered')"
        ),
        Index("ix_taxregistration_agent", "place", "kind", "applied_on"),
    )
    states: ClassVar[type[Status]] = TaxRegistrationStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"registered_on", "valid_to"})

    reference: str = text()
    party_id: int = link("party", led=True)
    kind: str = text()
    """`temporary`: taxed by the month for a while; `sole_trader`: a business of its own."""
    place: str = text()
    agent: str = text()
    """Who filed it; the person itself where nobody did it for it."""
    address: str = text()
    """Of the business."""
    applied_on: date = day()
    source: str = text()
    """What shows it, such as the receipt of the office."""
    opened_by: str = text()
    registered_on: date | None = day(default=None)
    valid_to: date | None = day(default=None)
    """First day on which it holds no longer; None where it has no end."""
    status: str = text(default=TaxRegistrationStatus.APPLIED.value, index=True)
