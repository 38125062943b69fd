"""Documents of suppliers: judge files without keeping them, hand in a renewed one."""

import click

from vendorops.cli.commands.document.check import check
from vendorops.cli.commands.document.submit import submit


@click.group(help="Documents of suppliers: judge files, hand in a renewed one.")
def command() -> None:
    """Group the commands."""


command.add_command(check)
command.add_command(submit)
