"""The month of a platform, settled at once: what one person approves of many settlements."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import SettlementStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, strict, text, whole


class SettlementRun(Row, table=True):
    """Settlements of one platform and day of payment, calculated, approved and booked together."""

    __table_args__ = strict(
        lifecycle(SettlementStatus),
        UniqueConstraint("reference"),
        CheckConstraint("count > 0 AND net_minor > 0", name="not_empty"),
        CheckConstraint("payable_minor = net_minor + tax_minor - withheld_minor", name="payable"),
    )
    states: ClassVar[type[Status]] = SettlementStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"settlement_block_id", "withholding_block_id"}
    )

    reference: str = text()
    legal_entity_id: int = link("legalentity")
    program: str = text()
    place: str = text()
    month: str = text(index=True)
    as_of: date = day()
    payment_day: date = day()
    """The day by whose law tax is kept back."""
    currency: str = text()
    count: int = whole()
    net_minor: int = whole()
    tax_minor: int = whole()
    withheld_minor: int = whole()
    payable_minor: int = whole()
    content_sha256: str = text()
    """Of the contents of all its settlements, in the order of their references."""
    settlement_block_id: int | None = link("rowblock", optional=True)
    withholding_block_id: int | None = link("rowblock", optional=True)
    status: str = text(default=SettlementStatus.CALCULATED.value, index=True)
