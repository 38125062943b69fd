"""Orders under contracts: place, change, list and show them, and see to their checklists."""

import click

from vendorops.cli.commands.order.items import item
from vendorops.cli.commands.order.placing import place, revise
from vendorops.cli.commands.order.showing import listed, show


@click.group(help="Orders under contracts: work orders, statements of work, task orders.")
def command() -> None:
    """Group the commands."""


for _command in (place, revise, item, listed, show):
    command.add_command(_command)
