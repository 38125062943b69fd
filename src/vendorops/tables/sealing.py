"""What closes a supplier's month for good, and what opens it again."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import ReopeningStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, once_where, strict, text, whole


class SealedWork(Row, table=True):
    """Work as a reconciliation found it, where its own row will not tell that later.

    Kept where some of it was claimed before, or where none of it was accepted yet: what is
    accepted once never changes, and what nobody claimed is nothing.
    """

    __table_args__ = strict(
        UniqueConstraint("reconciliation_id", "work_item_id"),
        CheckConstraint("accepted_e4 >= 0 AND claimed_e4 >= 0", name="not_negative"),
    )

    reconciliation_id: int = link("reconciliation", led=True)
    work_item_id: int = link("workitem")
    accepted_e4: int = whole()
    claimed_e4: int = whole()


class Reopening(Row, table=True):
    """A proposal to explain a sealed month once more: one person proposes, another decides."""

    __table_args__ = strict(
        lifecycle(ReopeningStatus),
        UniqueConstraint("reference"),
        CheckConstraint("length(reason) > 1", name="why"),
        once_where("uq_reopening_one_open", ("reconciliation_id",), "status = 'proposed'"),
    )
    states: ClassVar[type[Status]] = ReopeningStatus

    reference: str = text()
    reconciliation_id: int = link("reconciliation")
    reason: str = text()
    proposed_by: str = text()
    proposed_on: date = day()
    status: str = text(default=ReopeningStatus.PROPOSED.value, index=True)
