"""What a supplier's people may cost: rate cards and their lines (Fieldglass rate grids)."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import RateCardStatus, Status
from vendorops.domain.rate_cards import CATEGORIES, UNITS
from vendorops.tables.columns import Row, day, lifecycle, link, one_of, strict, text, whole


class RateCard(Row, table=True):
    """The rates of one supplier from a day on; a later card supersedes it whole."""

    __table_args__ = strict(
        lifecycle(RateCardStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("supplier_id", "source_sha256"),
    )
    states: ClassVar[type[Status]] = RateCardStatus

    reference: str = text()
    supplier_id: int = link("supplier")
    currency: str = text()
    valid_from: date = day()
    source_sha256: str = text()
    """The file as handed in."""
    proposed_by: str = text()
    proposed_on: date = day()
    status: str = text(default=RateCardStatus.DRAFT.value, index=True)


class RateLine(Row, table=True):
    """One rate of a card from a day on; entries are added, never edited."""

    __table_args__ = strict(
        one_of("category", CATEGORIES),
        one_of("unit", UNITS),
        UniqueConstraint("rate_card_id", "role", "site", "category", "unit", "valid_from"),
        CheckConstraint("bill_e6 >= 0 AND pay_e6 >= 0 AND markup_e6 >= 0", name="not_negative"),
        CheckConstraint("cap_e6 = 0 OR cap_e6 >= bill_e6", name="cap"),
    )
    witnessed: ClassVar[bool] = True

    rate_card_id: int = link("ratecard")
    role: str = text(default="")
    """A code of the role catalogue, such as `2.3.4`; empty for every role."""
    site: str = text(default="")
    """Empty for every site."""
    category: str = text()
    unit: str = text()
    bill_e6: int = whole()
    """What we are billed for a unit, in millionths of the major unit."""
    pay_e6: int = whole(default=0)
    """What of it the worker is paid; 0 where it is not told apart."""
    markup_e6: int = whole(default=0)
    """The supplier's share on top of the pay, in millionths of it."""
    cap_e6: int = whole(default=0)
    """Not to exceed: the most an order may agree; 0 where nothing limits it."""
    valid_from: date = day()
