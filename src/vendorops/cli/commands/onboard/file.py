"""Enters the applications of a file: one in YAML or JSON, or many in a spreadsheet."""

from pathlib import Path
from typing import Any

import click

from vendorops.cli.commands.onboard.given import Given
from vendorops.cli.commands.onboard.many import SPREADSHEETS, onboard_many
from vendorops.cli.commands.onboard.single import onboard_one
from vendorops.cli.rows import mode_option, result_option
from vendorops.cli.session import FILE, as_option, day_option, file_argument, json_option


@click.command()
@file_argument
@click.option(
    "--documents",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the files it names; beside the application unless given.",
)
@mode_option("Of a spreadsheet: enter every row or none, or whatever is in order.")
@result_option("Of a spreadsheet: write what became of each row (.xlsx, .csv or .json).")
@click.option("--defaults", type=FILE, help="Of a spreadsheet: YAML of what all rows share.")
@click.option(
    "--check/--no-check",
    default=True,
    show_default=True,
    help="Of a spreadsheet: check the cases at once, or leave that to the next sweep.",
)
@as_option
@day_option
@json_option
def file(file: Path, **given: Any) -> None:  # noqa: ANN401 - the options above.
    """Enter what FILE says, check it at once, and say for whom it waits."""
    if file.suffix.lower() in SPREADSHEETS:
        onboard_many(file, Given(**given))
        return
    onboard_one(file, Given(**given))
