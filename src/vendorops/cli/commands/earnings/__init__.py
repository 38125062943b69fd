"""Pay plans: agree on them, report what was brought, see what it came to, try a plan out."""

import click

from vendorops.cli.commands.earnings.agreeing import agree
from vendorops.cli.commands.earnings.reporting import report
from vendorops.cli.commands.earnings.showing import show
from vendorops.cli.commands.earnings.trying import try_out


@click.group(help="Pay plans: days, products, sales, revenue or profit in; accepted work out.")
def command() -> None:
    """Group the commands."""


for _command in (agree, report, show, try_out):
    command.add_command(_command)
