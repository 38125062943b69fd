"""Look for people: open, distribute, list, show, view, decline, cancel and close requisitions."""

import click

from vendorops.cli.commands.requisition.opening import distribute, open_
from vendorops.cli.commands.requisition.showing import listed, show
from vendorops.cli.commands.requisition.stopping import cancel, close, decline, view


@click.group(help="Requisitions: how many people of which role are wanted, and who is asked.")
def command() -> None:
    """Group the commands."""


for _command in (open_, distribute, listed, show, view, decline, cancel, close):
    command.add_command(_command)
