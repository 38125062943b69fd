"""Law as dated, cited data: run rules, ask which apply, show and compare what they rest on."""

import click

from vendorops.cli.commands.law.applying import applicable
from vendorops.cli.commands.law.comparing import diff
from vendorops.cli.commands.law.evaluating import evaluate_cases
from vendorops.cli.commands.law.facts import facts, record
from vendorops.cli.commands.law.iris import iris, tin_match
from vendorops.cli.commands.law.showing import show
from vendorops.cli.commands.law.switches import switches


@click.group(help="Law as dated, cited data.")
def command() -> None:
    """Group the commands."""


for _each in (evaluate_cases, applicable, show, switches, diff, record, facts, iris, tin_match):
    command.add_command(_each)
