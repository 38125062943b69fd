"""Invoices and statements: judge files without booking them, or book them."""

import click

from vendorops.cli.commands.invoice.check import check
from vendorops.cli.commands.invoice.holding import hold, holds, release
from vendorops.cli.commands.invoice.mapping import mapping
from vendorops.cli.commands.invoice.responding import response
from vendorops.cli.commands.invoice.review import review
from vendorops.cli.commands.invoice.self_bill import self_bill
from vendorops.cli.commands.invoice.take import take


@click.group(help="Invoices and statements: judge files, or book them.")
def command() -> None:
    """Group the commands."""


command.add_command(check)
command.add_command(hold)
command.add_command(holds)
command.add_command(mapping)
command.add_command(release)
command.add_command(response)
command.add_command(review)
command.add_command(take)
command.add_command(self_bill)
