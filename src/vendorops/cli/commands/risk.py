"""How risky suppliers are, and from what that follows."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import click

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.risk import assessments, shown
from vendorops.tables import Party, Qualification, RiskAssessment, Supplier


@click.command(help="Show the risk of every supplier's cases, and what counted for how much.")
@day_option
@json_option
def command(as_of: datetime | None, *, as_json: bool) -> None:
    """Show each case's newest assessment."""
    with opener(READER, as_of)() as books:
        rows = [row for made in assessments(books) for row in _told(books, made, as_json=as_json)]
    emit(rows, as_json=as_json, title="Risk of suppliers")


def _told(books: Books, made: RiskAssessment, *, as_json: bool) -> Iterator[Mapping[str, object]]:
    supplier = books.get(Supplier, made.supplier_id)
    told = {
        "supplier": supplier.reference,
        "name": books.get(Party, supplier.party_id).name,
        "case": books.get(Qualification, made.qualification_id).reference,
        "tier": made.tier,
        "score": made.score,
        "assessed_on": made.assessed_on.isoformat(),
    }
    why = shown(made)
    if as_json:
        yield {**told, **why}
        return
    counted = why["counted"]
    lines = counted if isinstance(counted, list) else []
    yield {**told, "counted": "; ".join(f"{one['fact']} {one['points']}" for one in lines)}
