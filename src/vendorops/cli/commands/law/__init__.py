"""Law as dated, cited data: run rules on cases, ask which rules a situation has."""

import click

from vendorops.cli.commands.law.applying import applicable
from vendorops.cli.commands.law.evaluating import evaluate_cases


@click.group(help="Law as dated, cited data.")
def command() -> None:
    """Group the commands."""


for _each in (evaluate_cases, applicable):
    command.add_command(_each)
