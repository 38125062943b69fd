"""List expenses and how far they are."""

from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, Month, day_option, json_option, opener
from vendorops.cli.waiting import waits_for
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.tables import ExpenseSheet, ServiceSheet, WorkOrder


@click.command("list")
@click.option("--month", type=Month(), help="Such as 2026-10; every month unless given.")
@day_option
@json_option
def listed(month: Period | None, as_of: datetime | None, *, as_json: bool) -> None:
    """List expense sheets with their totals."""
    query = select(ExpenseSheet).order_by(col(ExpenseSheet.reference))
    if month:
        query = query.where(col(ExpenseSheet.month) == month.label)
    with opener(READER, as_of)() as books:
        rows = [told(books, sheet) for sheet in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Expenses")


def told(books: Books, expenses: ExpenseSheet) -> dict[str, Any]:
    """Return an expense sheet as people and scripts read it."""
    on = expenses.service_sheet_id
    sheet = books.get(ServiceSheet, on) if on else None
    return {
        "expenses": expenses.reference,
        "order": books.get(WorkOrder, expenses.work_order_id).reference,
        "month": expenses.month,
        "total": Money(expenses.total_minor, expenses.currency),
        "status": expenses.status,
        "sheet": sheet.reference if sheet else None,
        **(waits_for(books, sheet) if sheet else {}),
    }
