"""Registrations of persons with a tax office: open a case, list them."""

from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, READER, as_option, books_of, day_option, json_option, opener
from vendorops.stages.tax_registrations import Application, follow
from vendorops.tables import Supplier, TaxRegistration
from vendorops.tables.registrations import KINDS


@click.group(help="Registrations of persons with a tax office: open, list.")
def command() -> None:
    """Group the commands."""


@command.command("open")
@click.argument("supplier")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Of which kind it is.")
@click.option("--agent", required=True, help="Who filed it; the person, where nobody else did.")
@click.option("--address", required=True, help="Of the business.")
@click.option("--filed", type=DAY, required=True, help="On which day.")
@click.option("--source", required=True, help="What shows it, such as the office's receipt.")
@as_option
@day_option
@json_option
def open_case(supplier: str, **given: Any) -> None:  # noqa: ANN401 - the options above.
    """Follow the application of SUPPLIER, a person; another person says what became of it."""
    filed: datetime = given["filed"]
    told = Application(
        given["kind"], given["agent"], given["address"], filed.date(), given["source"]
    )
    with books_of(given["actor"], given["as_of"]) as books:
        rows = [_told(follow(books, books.named(Supplier, supplier), told))]
    emit(rows, as_json=given["as_json"], title="Registration")


@command.command("list")
@json_option
def list_cases(*, as_json: bool) -> None:
    """List registrations, the newest first."""
    with opener(READER)() as books:
        query = select(TaxRegistration).order_by(col(TaxRegistration.id).desc())
        rows = [_told(row) for row in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Registrations")


def _told(row: TaxRegistration) -> dict[str, object]:
    shown = ("reference", "kind", "status", "agent", "applied_on", "registered_on", "valid_to")
    return {name: getattr(row, name) for name in shown}
