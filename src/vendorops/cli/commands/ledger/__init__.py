"""The ledger: what stands on its accounts, and the whole of it for other programs."""

import click

from vendorops.cli.commands.ledger.balances import balances
from vendorops.cli.commands.ledger.exporting import export


@click.group(help="What stands on the accounts of the ledger; the ledger for other programs.")
def command() -> None:
    """Group the commands."""


command.add_command(balances)
command.add_command(export)
