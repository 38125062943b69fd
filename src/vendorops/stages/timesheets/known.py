"""The time that is in the books already, net of what was taken back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import and_, case, col, func, select

from vendorops.books import Books
from vendorops.domain.lifecycle import TimesheetStatus
from vendorops.domain.measure import quantity_text
from vendorops.domain.periods import DAY, Period
from vendorops.stages.timesheets.orders import Order, pieces
from vendorops.tables import TimeEntry, Timesheet


@dataclass(frozen=True)
class There:
    """So much of an order, day and kind, on that sheet."""

    quantity_e4: int
    sheet: str

    def told(self, wanted: int) -> str:
        """Say that it cannot be reported again as another quantity."""
        return (
            f"{self.sheet} has {quantity_text(self.quantity_e4)} for this order, day and kind, not"
            f" {quantity_text(wanted)}; correct it with vendorops timesheet correct {self.sheet}"
        )


@dataclass(frozen=True)
class Known:
    """Time in the books by order, day and kind."""

    quantities: Mapping[tuple[int, date, str], There]


def known_time(books: Books, orders: Mapping[int, Order], days: Collection[date]) -> Known:
    """Return what counts of the time of some orders in the months of some days."""
    found: dict[tuple[int, date, str], There] = {}
    if not days:
        return Known(found)
    start, end = Period.month_of(min(days)).start, Period.month_of(max(days)).end - DAY
    holds = and_(
        col(Timesheet.kind) != "reversal",
        col(Timesheet.status) != TimesheetStatus.CORRECTED.value,
    )
    for some in pieces(sorted(orders)):
        query = (
            select(  # type: ignore[call-overload]  # more columns than SQLModel's overloads have.
                TimeEntry.work_order_id,
                TimeEntry.on_day,
                TimeEntry.kind,
                func.sum(TimeEntry.quantity_e4),
                func.max(case((holds, col(Timesheet.reference)), else_="")),
            )
            .join(Timesheet, col(Timesheet.id) == col(TimeEntry.timesheet_id))
            .where(
                col(TimeEntry.work_order_id).in_(some),
                col(TimeEntry.on_day).between(start, end),
                col(Timesheet.status) != TimesheetStatus.REJECTED.value,
            )
            .group_by(col(TimeEntry.work_order_id), col(TimeEntry.on_day), col(TimeEntry.kind))
        )
        for order_id, day, kind, quantity, sheet in books.session.execute(query):
            if quantity:
                found[order_id, day, kind] = There(int(quantity), sheet)
    return Known(found)
