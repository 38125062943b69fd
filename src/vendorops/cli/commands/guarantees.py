"""Guarantees of placements that run on a day, and claims under them that are open."""

from datetime import datetime
from typing import Any

import click

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.tables import Contract, Supplier
from vendorops.working.placing import Position, positions


@click.command(
    help="List guarantees that run on a day and open claims: days left, what is at risk and owed."
)
@click.option("--contract", help="Only those under CON-…")
@day_option
@json_option
def command(contract: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """List how the guarantees stand."""
    with opener(READER, as_of)() as books:
        under = books.named(Contract, contract).id if contract else None
        rows = [
            _told(books, each)
            for each in positions(books)
            if under in (None, each.placement.contract_id)
        ]
    emit(rows, as_json=as_json, title="Guarantees")


def _told(books: Books, position: Position) -> dict[str, Any]:
    row = position.placement
    contract = books.get(Contract, row.contract_id)
    return {
        "placement": row.reference,
        "supplier": books.get(Supplier, contract.supplier_id).reference,
        "contract": contract.reference,
        "worker": row.worker_name,
        "state": position.state,
        "day": position.day,
        "until": position.until,
        "days_left": position.days_left,
        "share": str(position.share),
        "at_risk": position.at_risk,
        "owed": position.owed,
        "because": position.because,
    }
