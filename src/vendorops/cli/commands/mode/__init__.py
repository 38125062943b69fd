"""Engagement modes and what an engagement is by law: questionnaires, decisions, appeals."""

import click

from vendorops.cli.commands.mode.back_testing import back_test
from vendorops.cli.commands.mode.deciding import appeal, decide, require
from vendorops.cli.commands.mode.showing import listed, questions, show


@click.group(help="What an engagement is: questionnaires, their decisions, what is held.")
def command() -> None:
    """Group the commands."""


for _each in (questions, decide, appeal, require, show, listed, back_test):
    command.add_command(_each)
