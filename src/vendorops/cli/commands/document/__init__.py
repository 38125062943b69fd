"""Judge files of suppliers, hand in renewed ones, write papers from the books."""

import click

from vendorops.cli.commands.document.check import check
from vendorops.cli.commands.document.render import render
from vendorops.cli.commands.document.submit import submit


@click.group(help="Judge files of suppliers, hand in renewed ones, write papers from the books.")
def command() -> None:
    """Group the commands."""


command.add_command(check)
command.add_command(render)
command.add_command(submit)
