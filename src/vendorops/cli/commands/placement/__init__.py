"""People whom recruiters placed with us: accepted, started, left, replaced; list and show."""

import click

from vendorops.cli.commands.placement.entering import accept, replace, start, withdraw
from vendorops.cli.commands.placement.leaving import leave
from vendorops.cli.commands.placement.showing import listed, show


@click.group(help="People whom recruiters placed with us, their fees and their guarantees.")
def command() -> None:
    """Group the commands."""


for _command in (accept, start, leave, replace, withdraw, listed, show):
    command.add_command(_command)
