"""Who of us bears what: cost centres, and the shares of contracts and orders they bear."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.tables.columns import Row, day, link, one_of, strict, text, whole


class CostCentre(Row, table=True):
    """A part of one of our companies that costs are laid to."""

    __table_args__ = strict(
        UniqueConstraint("code"),
        CheckConstraint("closed_on IS NULL OR closed_on > opened_on", name="period"),
    )
    witnessed: ClassVar[bool] = True
    filled_later: ClassVar[frozenset[str]] = frozenset({"closed_on"})

    code: str = text()
    name: str = text()
    legal_entity_id: int = link("legalentity")
    opened_on: date = day()
    closed_on: date | None = day(default=None)
    """First day on which nothing new is laid to it."""
    opened_by: str = text()


class CostSplit(Row, table=True):
    """One centre's share of a contract or an order from a day on; added, never edited.

    The shares of one day sum to the whole, and hold until the next day that has shares.
    """

    __table_args__ = strict(
        one_of("subject_table", ("contract", "workorder")),
        UniqueConstraint("subject_table", "subject_id", "valid_from", "cost_centre_id"),
        CheckConstraint("share_e6 > 0 AND share_e6 <= 1000000", name="share"),
    )
    witnessed: ClassVar[bool] = True

    subject_table: str = text()
    """An order's shares stand in the place of its contract's."""
    subject_id: int = whole(index=True)
    cost_centre_id: int = link("costcentre")
    share_e6: int = whole()
    valid_from: date = day()
    entered_by: str = text()
    because: str = text()
