"""See to the checklist of an order."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, as_option, books_of, day_option, json_option
from vendorops.tables import WorkOrder
from vendorops.working.checklists import do_item, item_of, waive_item


@click.command(help="Note that item CODE of ORDER's checklist is done, or waive it.")
@click.argument("order")
@click.argument("code")
@click.option("--done", type=FILE, help="The file that proves that it is done.")
@click.option("--waive", help="Why it need not be done.")
@as_option
@day_option
@json_option
def item(order: str, code: str, actor: str | None, as_of: datetime | None, **given: Any) -> None:  # noqa: ANN401 - options.
    """Deal with an item of a checklist."""
    proof: Path | None = given["done"]
    waived: str | None = given["waive"]
    if (proof is None) == (waived is None):
        raise click.UsageError("give --done FILE, or --waive REASON")
    with books_of(actor, as_of) as books:
        row = books.named(WorkOrder, order)
        found = item_of(books, row, code)
        if proof:
            do_item(books, found, proof.read_bytes(), proof.suffix)
        else:
            waive_item(books, found, row, waived or "")
        told = {"order": order, "item": code, "status": found.status, "by": found.done_by}
    emit([told], as_json=given["as_json"], title="Checklist")
