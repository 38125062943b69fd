"""Time that people worked under orders, handed in by sheets that are corrected, never edited."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import Status, TimesheetStatus
from vendorops.tables.columns import Row, day, lifecycle, link, one_of, strict, text, whole


class Timesheet(Row, table=True):
    """The time of one order in one week or month (SIDES `TimeCard`).

    A correction is two rows more: a reversal, `TS-2026-000001C`, which takes everything back, and
    the next version, `TS-2026-000001.1`.
    """

    __table_args__ = strict(
        lifecycle(TimesheetStatus),
        one_of("kind", ("original", "reversal", "version")),
        one_of("period", ("week", "month")),
        UniqueConstraint("reference"),
        CheckConstraint("ends_on > starts_on", name="days"),
        CheckConstraint("(kind = 'original') = (root_id IS NULL)", name="root"),
        CheckConstraint("(kind = 'original') = (corrects_id IS NULL)", name="corrects"),
    )
    states: ClassVar[type[Status]] = TimesheetStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"gathered_on", "service_sheet_id"})

    reference: str = text()
    work_order_id: int = link("workorder")
    kind: str = text(default="original")
    version: int = whole(default=0)
    root_id: int | None = link("timesheet", optional=True)
    """The first sheet of a line of corrections."""
    corrects_id: int | None = link("timesheet", optional=True)
    """The sheet that this one takes back or stands in the place of."""
    period: str = text()
    starts_on: date = day()
    ends_on: date = day()
    """First day no longer covered; a week ends with its month."""
    month: str = text(index=True)
    entries_sha256: str = text()
    """Hash of its time, so that the history witnesses every hour."""
    source_sha256: str = text()
    """The file as handed in."""
    reason: str = text(default="")
    submitted_by: str = text()
    submitted_on: date = day()
    gathered_on: date | None = day(default=None)
    service_sheet_id: int | None = link("servicesheet", optional=True)
    """Where a buyer accepts its time; none where all of it is credited or nothing is left."""
    status: str = text(default=TimesheetStatus.SUBMITTED.value, index=True)


class TimeEntry(Row, table=True):
    """So many hours, or months, of one kind on one day; those of a reversal are below nothing."""

    __table_args__ = strict(
        CheckConstraint("quantity_e4 <> 0", name="quantity"),
        UniqueConstraint("timesheet_id", "on_day", "kind"),
    )

    timesheet_id: int = whole(foreign_key="timesheet.id")
    work_order_id: int = link("workorder")
    on_day: date = day()
    kind: str = text()
    """A term code of the program, such as `overtime_hours`."""
    quantity_e4: int = whole()


class TimeShare(Row, table=True):
    """How much of a piece of reported work a timesheet stands for; a credit takes it back."""

    __table_args__ = strict(CheckConstraint("quantity_e4 <> 0", name="quantity"))

    timesheet_id: int = link("timesheet")
    work_item_id: int = link("workitem")
    quantity_e4: int = whole()
    credit_memo_id: int | None = link("creditmemo", optional=True)
    """What the supplier owes back for it, where it had been accepted."""
