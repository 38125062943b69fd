"""Which cost centre bears how much of what was settled in a month."""

from collections import Counter
from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, month_option, opener
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.tables import Contract, WorkOrder
from vendorops.working.costs import costs_of_month

UNALLOCATED = "unallocated"
"""Nobody was told to bear it: `vendorops centre split` says who does."""


@click.command(
    help="Show which cost centre bears how much of a month's settlements, without tax, to the "
    "smallest unit. What nobody was told to bear is unallocated."
)
@month_option
@day_option
@json_option
def command(month: Period, as_of: datetime | None, *, as_json: bool) -> None:
    """Show costs by settlement, order and centre."""
    sums: Counter[tuple[str, str, str, str, str]] = Counter()
    with opener(READER, as_of)() as books:
        for cost in costs_of_month(books, month):
            order = books.get(WorkOrder, cost.order_id).reference if cost.order_id else ""
            contract = books.get(Contract, cost.settlement.contract_id).reference
            of = (cost.settlement.reference, contract, order)
            sums[*of, cost.centre or UNALLOCATED, cost.net.currency] += cost.net.minor
    rows = [
        {
            "month": month.label,
            "settlement": settlement,
            "contract": contract,
            "order": order,
            "centre": centre,
            "net": Money(minor, currency),
        }
        for (settlement, contract, order, centre, currency), minor in sorted(sums.items())
    ]
    emit(rows, as_json=as_json, title=f"Costs of {month.label}")
