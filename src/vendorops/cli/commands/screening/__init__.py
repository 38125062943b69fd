"""Lists of sanctioned and exposed people: load and see them, clear a hit, measure scorers."""

import click

from vendorops.cli.commands.screening.clear import clear
from vendorops.cli.commands.screening.lists import lists
from vendorops.cli.commands.screening.load import load
from vendorops.cli.commands.screening.report import report


@click.group(help="Lists of sanctioned and exposed people, and how names are compared with them.")
def command() -> None:
    """Group the commands."""


command.add_command(clear)
command.add_command(lists)
command.add_command(load)
command.add_command(report)
