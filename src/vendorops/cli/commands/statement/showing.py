"""List statements and what their payees say; show one from gross to net."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, Month, day_option, json_option, opener
from vendorops.cli.waiting import waits_for
from vendorops.documents.notices import figure, plain, statement_data
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.paying.confirming import confirmation_of
from vendorops.tables import Settlement, Supplier

TABLES = {"lines": "Claimed", "deductions": "Deducted", "taxes": "Withheld"}
TOTALS = ("gross", "deducted", "withheld", "net")
languages_option = click.option(
    "--languages", default="", help="zh, en or zh,en; those of its place unless given."
)


@click.command("list")
@click.option("--month", type=Month(), help="Such as 2026-10; every month unless given.")
@click.option("--supplier", help="SUP-…; every supplier unless given.")
@day_option
@json_option
def list_(
    month: Period | None, supplier: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """List settlements with what they come to, and what their payees say of them."""
    with opener(READER, as_of)() as books:
        query = select(Settlement).where(col(Settlement.status) != SettlementStatus.REJECTED)
        if month:
            query = query.where(col(Settlement.month) == month.label)
        if supplier:
            query = query.where(col(Settlement.supplier_id) == books.named(Supplier, supplier).id)
        found = books.session.exec(query.order_by(col(Settlement.reference)))
        rows = [told(books, row) for row in found]
    emit(rows, as_json=as_json, title="Statements")


def told(books: Books, row: Settlement) -> dict[str, Any]:
    """Return a settlement and the payee's word on it."""
    confirmation = confirmation_of(books, row)
    said: dict[str, Any] = {"confirmation": None, "answer_until": None}
    if confirmation:
        said = {"confirmation": confirmation.status, "answer_until": confirmation.due_on}
        said |= waits_for(books, confirmation)
    return {
        "settlement": row.reference,
        "supplier": books.get(Supplier, row.supplier_id).reference,
        "month": row.month,
        "withheld": Money(row.withheld_minor, row.currency),
        "net": Money(row.payable_minor, row.currency),
        "status": row.status,
        **said,
    }


@click.command()
@click.argument("settlement")
@languages_option
@day_option
@json_option
def show(settlement: str, languages: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show the statement of SETTLEMENT (SET-…): each amount with its reason, gross to net."""
    with opener(READER, as_of)() as books:
        row = books.named(Settlement, settlement)
        write = plain if as_json else figure
        data = statement_data(books, row, languages, write) | _said(books, row)
    if as_json:
        emit([data], as_json=True)
        return
    for title, rows in _tables(data):
        emit(rows, as_json=False, title=title)


def _said(books: Books, row: Settlement) -> dict[str, Any]:
    confirmation = confirmation_of(books, row)
    return {"confirmation": confirmation.status if confirmation else None}


def _tables(data: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, title in TABLES.items():
        rows = [_tax(row) if "law" in row else row for row in data[name]]
        if rows:
            yield f"{title}, in {data['currency']}", rows
    totals = {name: data[name] for name in TOTALS}
    head = {"settlement": data["reference"], "month": data["month"], "status": data["status"]}
    yield f"Totals, in {data['currency']}", [head | totals | {"confirmed": data["confirmation"]}]


def _tax(row: dict[str, Any]) -> dict[str, Any]:
    """Return a tax by its name, with its sources each once, in the order they were read."""
    shown = {key: value for key, value in row.items() if key not in ("what", "title")}
    sources = "; ".join(dict.fromkeys(str(cited["source"]) for cited in row["law"]))
    return {"what": row["title"]} | shown | {"law": sources}
