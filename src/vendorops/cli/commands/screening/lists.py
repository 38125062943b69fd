"""Show which lists parties are screened against."""

from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.screening.terms import current_lists


@click.command()
@day_option
@json_option
def lists(as_of: datetime | None, *, as_json: bool) -> None:
    """Show the version of each list that parties are screened against."""
    with opener(READER, as_of)() as books:
        told = [
            {
                "list": one.name,
                "version": one.reference,
                "entries": one.count,
                "loaded_on": one.loaded_on.isoformat(),
                "sha256": one.sha256,
            }
            for one in current_lists(books)
        ]
    emit(told, as_json=as_json, title="Lists")
