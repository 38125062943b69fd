"""List what stands on each account of the ledger, asked of its transfers."""

from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.documents.ledger_export import balances_on


@click.command()
@click.option("--all", "every", is_flag=True, help="Accounts on which nothing stands, too.")
@day_option
@json_option
def balances(as_of: datetime | None, *, every: bool, as_json: bool) -> None:
    """List what stood on each account once the day was over; liabilities as what is owed."""
    with opener(READER, as_of)() as books:
        day = books.as_of
        rows = [
            {
                "account": each.account.code,
                "kind": each.account.kind,
                "balance": each.balance,
                "currency": each.account.currency,
            }
            for each in balances_on(books, day)
            if every or each.debited
        ]
    emit(rows, as_json=as_json, title=f"Balances on {day}")
