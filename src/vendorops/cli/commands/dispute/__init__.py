"""Disputes with suppliers about claims: open, answer, agree, withdraw, list and show them."""

import click

from vendorops.cli.commands.dispute.listing import listed, show
from vendorops.cli.commands.dispute.opening import open_
from vendorops.cli.commands.dispute.talking import agree, answer, withdraw


@click.group(help="Disputes with suppliers about what is claimed.")
def command() -> None:
    """Group the commands."""


for _command in (open_, answer, agree, withdraw, listed, show):
    command.add_command(_command)
