"""Time that people worked: hand in, load in bulk, correct, list."""

import click

from vendorops.cli.commands.timesheet.handing_in import correct, submit
from vendorops.cli.commands.timesheet.listing import listed
from vendorops.cli.commands.timesheet.loading import load


@click.group(help="Time that people worked. A buyer accepts it once its month is over.")
def command() -> None:
    """Group the commands."""


for _command in (submit, load, correct, listed):
    command.add_command(_command)
