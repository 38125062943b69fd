"""Close a month: nothing is booked in it any more."""

from datetime import datetime

import click

from vendorops.books import closing
from vendorops.cli.printing import emit
from vendorops.cli.session import as_option, books_of, day_option, json_option, month_option
from vendorops.domain.periods import Period


@click.command(help="Close a month: nothing is booked in it any more. Asks for the role finance.")
@month_option
@as_option
@day_option
@json_option
def command(month: Period, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Close one month."""
    with books_of(actor, as_of) as books:
        closing.close(books, month)
    emit([{"month": month.label, "status": "closed"}], as_json=as_json, title="Closed")
