"""Expenses that are paid back: hand in, list, and the policy that bounds them."""

import click

from vendorops.cli.commands.expense.entering import policy, submit
from vendorops.cli.commands.expense.listing import listed


@click.group(help="Expenses that are paid back. A buyer accepts them line by line.")
def command() -> None:
    """Group the commands."""


for _command in (submit, policy, listed):
    command.add_command(_command)
