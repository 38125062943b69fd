"""Deliver work of a task order with the files that prove it; it goes before a buyer at once."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    READER,
    as_option,
    books_of,
    day_option,
    files_argument,
    json_option,
    opener,
)
from vendorops.cli.tasks import told_delivery
from vendorops.domain.measure import quantity_e4
from vendorops.stages import sweep
from vendorops.tables import TaskAssignment, TaskDelivery
from vendorops.working.tasks import Delivered, deliver

SHEETS, ACCEPTANCE = "task_deliveries", "acceptance"


@click.command(help="Deliver work of ORDER (TO-…), proved by FILES.")
@click.argument("order")
@files_argument
@click.option("--quantity", default="", help="All that is still to come unless given.")
@click.option("--done-on", type=DAY, help="Today unless given.")
@click.option("--note", default="", help="What the buyer should know.")
@as_option
@day_option
@json_option
def command(order: str, files: tuple[Path, ...], **given: object) -> None:
    """Enter one delivery, put it on a sheet and have it asked about."""
    as_of = given["as_of"] if isinstance(given["as_of"], datetime) else None
    done_on = given["done_on"]
    with books_of(str(given["actor"] or ""), as_of) as books:
        said = Delivered(
            done_on=done_on.date() if isinstance(done_on, datetime) else books.as_of,
            files=[(path.name, path.read_bytes()) for path in files],
            quantity_e4=quantity_e4(str(given["quantity"])) if given["quantity"] else None,
            note=str(given["note"]),
        )
        ident = deliver(books, books.named(TaskAssignment, order), said).id
    sweep(SHEETS, opener(f"system:{SHEETS}", as_of), [ident])
    with opener(READER, as_of)() as books:
        sheet = books.get(TaskDelivery, ident).service_sheet_id
    if sheet:
        sweep(ACCEPTANCE, opener(f"system:{ACCEPTANCE}", as_of), [sheet])
    with opener(READER, as_of)() as books:
        row = told_delivery(books, books.get(TaskDelivery, ident))
        emit([row], as_json=bool(given["as_json"]), title="Delivery")
