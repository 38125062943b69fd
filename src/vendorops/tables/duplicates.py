"""By what a claim is found again, and which claims look like one booked before."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from vendorops.domain.lifecycle import PossibleDuplicateStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, strict, text, whole


class InvoiceKey(Row, table=True):
    """One key by which a booked claim is found when another may be the same again."""

    __table_args__ = strict(
        UniqueConstraint("invoice_id", "key"), Index("ix_invoicekey_found", "supplier_id", "key")
    )

    invoice_id: int = link("invoice")
    supplier_id: int = link("supplier", led=True)
    key: str = text()
    """What kind of key and what it is of: `looks:lnvool`, `amount:CNY:211947:16402`."""


class PossibleDuplicate(Row, table=True):
    """A claim looks like an earlier one: it is held until a person has said what it is."""

    __table_args__ = strict(
        lifecycle(PossibleDuplicateStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("invoice_id", "earlier_id"),
        CheckConstraint("invoice_id <> earlier_id", name="two"),
    )
    states: ClassVar[type[Status]] = PossibleDuplicateStatus

    reference: str = text()
    invoice_id: int = link("invoice")
    earlier_id: int = link("invoice")
    score_e6: int = whole()
    parts: str = text()
    """What the score is the sum of, as canonical JSON: points and a sentence each."""
    scorer: str = text()
    """Name and version of the scorer, and since when its weights hold."""
    found_on: date = day()
    status: str = text(default=PossibleDuplicateStatus.OPEN.value, index=True)
