"""Statements of settlements: shown, written, and confirmed or disputed by the payee."""

import click

from vendorops.cli.commands.statement.answering import confirm, dispute
from vendorops.cli.commands.statement.showing import list_, show
from vendorops.cli.commands.statement.writing import write


@click.group(help="What a supplier or person is paid and why; confirm it, or dispute it.")
def command() -> None:
    """Group the commands."""


command.add_command(list_)
command.add_command(show)
command.add_command(write)
command.add_command(confirm)
command.add_command(dispute)
