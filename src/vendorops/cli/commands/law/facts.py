"""Records what a payee's tax depends on beside its papers, and lists what was recorded."""

from typing import Any

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, as_option, books_of, day_option, json_option, opener
from vendorops.paying.standing import Told, recorded
from vendorops.paying.standing import record as recording
from vendorops.tables import Supplier, TaxStanding


@click.command("record")
@click.argument("supplier")
@click.option("--jurisdiction", "--place", "place", required=True, help="Such as us.")
@click.option("--fact", required=True, metavar="NAME=VALUE", help="Such as tin=incorrect.")
@click.option(
    "--from", "since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="First day."
)
@click.option("--source", required=True, help="What shows it, such as a notice and its day.")
@as_option
@day_option
@json_option
def record(supplier: str, **given: Any) -> None:  # noqa: ANN401 - the options above.
    """Record something of SUPPLIER that the tax law of a place asks for, from a day on.

    The last word of a day holds; NAME= with nothing behind it ends it.
    """
    name, _, value = given["fact"].partition("=")
    told = Told(given["place"].lower(), name, value, given["since"].date(), given["source"])
    with books_of(given["actor"], given["as_of"]) as books:
        rows = [_told(supplier, recording(books, books.named(Supplier, supplier), told))]
    emit(rows, as_json=given["as_json"], title="Recorded")


@click.command("facts")
@click.argument("supplier")
@json_option
def facts(supplier: str, *, as_json: bool) -> None:
    """List what was recorded of SUPPLIER for tax, the last word first."""
    with opener(READER)() as books:
        found = recorded(books, books.named(Supplier, supplier))
        rows = [_told(supplier, row) for row in found]
    emit(rows, as_json=as_json, title="Recorded")


def _told(supplier: str, row: TaxStanding) -> dict[str, object]:
    return {
        "supplier": supplier,
        "place": row.place,
        "fact": row.name,
        "value": row.value,
        "from": row.valid_from,
        "source": row.source,
        "entered_by": row.entered_by,
    }
