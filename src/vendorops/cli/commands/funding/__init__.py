"""Money that clients paid in: confirmed by the bank's lines, and what is left of it."""

import click

from vendorops.cli.commands.funding.confirming import confirm
from vendorops.cli.commands.funding.listing import list_, show


@click.group(help="Funds that clients paid in: confirm them, and see what is left.")
def command() -> None:
    """Group the commands."""


command.add_command(confirm)
command.add_command(list_)
command.add_command(show)
