"""Suppliers and how we stand to them: invite, prefer, suspend, reinstate, part; list and show."""

import click

from vendorops.cli.commands.supplier.changing import CHANGES, change_command
from vendorops.cli.commands.supplier.inviting import invite
from vendorops.cli.commands.supplier.showing import listed, show


@click.group(help="Suppliers and how we stand to them. A change is decided by a second person.")
def command() -> None:
    """Group the commands."""


command.add_command(invite)
command.add_command(listed)
command.add_command(show)
for _change in CHANGES:
    command.add_command(change_command(_change))
