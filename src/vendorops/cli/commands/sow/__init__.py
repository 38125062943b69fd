"""Statements of work: place, change, deliver and measure; list and show."""

import click

from vendorops.cli.commands.sow.delivering import deliver, withdraw
from vendorops.cli.commands.sow.measuring import measure
from vendorops.cli.commands.sow.placing import change, place
from vendorops.cli.commands.sow.showing import listed, show


@click.group(help="Statements of work, what is delivered under them, and service levels.")
def command() -> None:
    """Group the commands."""


for _command in (place, change, deliver, withdraw, measure, listed, show):
    command.add_command(_command)
