"""Writes the workbook in which applications in bulk are handed in."""

from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import json_option
from vendorops.gateways.clock import today
from vendorops.settings import Settings
from vendorops.stages.onboarding.bulk.template import template as workbook_for


@click.command()
@click.option("--program", required=True, help="Such as staffing.")
@click.option("--place", required=True, help="Such as cn.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("applications.xlsx"),
    show_default=True,
    help="Where to write the workbook.",
)
@json_option
def template(program: str, place: str, output: Path, *, as_json: bool) -> None:
    """Write a workbook to fill in: columns of the program, lists of choices, an example row."""
    settings = Settings.from_environment()
    output.write_bytes(workbook_for(settings.templates, program, place, today(settings.zone)))
    if as_json:
        emit([{"file": str(output)}], as_json=True)
    else:
        click.echo(f"{output}: one application a row; the sheet `read me` says how")
