"""Scores of suppliers: run, publish, contest, finalise, back-test, list."""

import click

from vendorops.cli.commands.scorecard.running import finalise, publish, run
from vendorops.cli.commands.scorecard.showing import contest, listed
from vendorops.cli.commands.scorecard.testing import back_test


@click.group(help="Scores of suppliers, computed from what was measured by a dated formula.")
def command() -> None:
    """Group the commands."""


for _command in (run, publish, contest, finalise, back_test, listed):
    command.add_command(_command)
