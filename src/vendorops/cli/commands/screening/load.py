"""Load a version of a watchlist from a file."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import as_option, books_of, day_option, file_argument, json_option
from vendorops.screening import due, load_watchlist


@click.command()
@file_argument
@click.option("--list", "name", required=True, help="What we call the list, such as eu-fsf.")
@as_option
@day_option
@json_option
def load(
    file: Path, name: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Load FILE as the newest version of a list; everybody is screened again in the next run.

    FILE is a table of targets (targets.simple.csv) or an entity a line (entities.ftm.json), as
    OpenSanctions publishes both.
    """
    with books_of(actor, as_of) as books:
        version = load_watchlist(books, file.read_bytes(), name)
        told = {
            "list": version.name,
            "version": version.reference,
            "entries": version.count,
            "skipped": version.skipped,
            "sha256": version.sha256,
            "loaded_on": version.loaded_on.isoformat(),
            "to_screen": len(due(books)),
        }
    emit([told], as_json=as_json, title="Loaded")
