"""People of the labour platform: taken in, verified, assessed, ranked, proposed; what it costs."""

import click

from vendorops.cli.commands.talent.files import bring, send
from vendorops.cli.commands.talent.judging import assess, verify
from vendorops.cli.commands.talent.ranking import back_test, demand, outcome, propose, rank
from vendorops.cli.commands.talent.showing import cost, report, show, words


@click.group(help="People of the labour platform: who may be proposed, for what, and why.")
def command() -> None:
    """Group the commands."""


for _each in (
    *(bring, send, verify, assess, demand, rank, propose, outcome, back_test),
    *(report, show, words, cost),
):
    command.add_command(_each)
