"""What banks send: taken in, listed; and whether release is frozen."""

import click

from vendorops.cli.commands.bank.freeze import freeze
from vendorops.cli.commands.bank.listing import list_
from vendorops.cli.commands.bank.mapping import mapping
from vendorops.cli.commands.bank.take import take


@click.group(help="Statements and answers of banks; whether release is frozen.")
def command() -> None:
    """Group the commands."""


command.add_command(take)
command.add_command(mapping)
command.add_command(list_)
command.add_command(freeze)
