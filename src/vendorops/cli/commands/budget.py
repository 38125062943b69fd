"""How far the budget of a contract, an order or a cost centre is used, figure by figure."""

from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.working.burning_down import BurnDown, burn_down


@click.command(
    help="Show the budget of REF, a contract (CON-…, with its orders), an order or a cost centre: "
    "original, approved, committed, accepted, invoiced, settled, paid and left, without tax."
)
@click.argument("ref")
@day_option
@json_option
def command(ref: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show budgets, a row each."""
    with opener(READER, as_of)() as books:
        rows = [_told(one) for one in burn_down(books, ref)]
    emit(rows, as_json=as_json, title=f"Budget of {ref}")


def _told(one: BurnDown) -> dict[str, object]:
    return {"reference": one.reference, "kind": one.kind, **one.figures, "left": one.left}
