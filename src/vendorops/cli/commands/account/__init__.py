"""Bank accounts: propose another one, say how a party is reached, check a name, revoke, show."""

import click

from vendorops.cli.commands.account.check_name import check_name
from vendorops.cli.commands.account.entering import contact, propose, revoke
from vendorops.cli.commands.account.show import show


@click.group(help="Bank accounts: propose, contact, check-name, revoke, show.")
def command() -> None:
    """Group the commands."""


for _each in (propose, contact, check_name, revoke, show):
    command.add_command(_each)
