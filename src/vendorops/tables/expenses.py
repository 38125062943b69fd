"""What was spent for us and is paid back, and how much of a kind may be."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import ExpenseSheetStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, strict, text, whole


class ExpensePolicy(Row, table=True):
    """Up to what amount a kind of expense is paid back, from a day on; entries are added."""

    __table_args__ = strict(
        UniqueConstraint("code", "currency", "valid_from"),
        CheckConstraint("cap_minor >= 0", name="cap"),
    )
    witnessed: ClassVar[bool] = True

    code: str = text()
    """Such as `travel`, `wages`, `social_insurance`."""
    term: str = text()
    """The term of the program it is reported under."""
    currency: str = text()
    cap_minor: int = whole(default=0)
    """Most of one line; 0 where only the budget limits it."""
    receipt: int = whole(default=1)
    """1 where a receipt is asked for."""
    valid_from: date = day()
    cite: str = text()


class ExpenseSheet(Row, table=True):
    """The expenses of one order in one month."""

    __table_args__ = strict(
        lifecycle(ExpenseSheetStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("work_order_id", "source_sha256"),
        CheckConstraint("total_minor > 0", name="total"),
    )
    states: ClassVar[type[Status]] = ExpenseSheetStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"service_sheet_id"})

    reference: str = text()
    work_order_id: int = link("workorder")
    month: str = text()
    currency: str = text()
    total_minor: int = whole()
    source_sha256: str = text()
    submitted_by: str = text()
    submitted_on: date = day()
    service_sheet_id: int | None = link("servicesheet", optional=True)
    """Where a buyer accepts them."""
    status: str = text(default=ExpenseSheetStatus.SUBMITTED.value, index=True)


class ExpenseLine(Row, table=True):
    """One expense: what for, on whose cost centre, and the receipt that shows it."""

    __table_args__ = strict(
        UniqueConstraint("expense_sheet_id", "number"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )
    witnessed: ClassVar[bool] = True

    expense_sheet_id: int = link("expensesheet")
    number: int = whole()
    code: str = text()
    term: str = text()
    description: str = text()
    spent_on: date = day()
    cost_centre: str = text()
    amount_minor: int = whole()
    receipt_sha256: str = text(default="", index=True)
