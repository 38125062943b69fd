"""Returns to tax offices, from preparation to acceptance."""

import click

from vendorops.cli.commands.filing.calendar import calendar
from vendorops.cli.commands.filing.carrying import approve, check, write
from vendorops.cli.commands.filing.certificate import certificate
from vendorops.cli.commands.filing.listing import listed, show
from vendorops.cli.commands.filing.outside import accept, reject, submit
from vendorops.cli.commands.filing.preparing import amend, prepare
from vendorops.cli.commands.filing.recipients import recipients
from vendorops.cli.commands.filing.report import report
from vendorops.cli.commands.filing.template import template


@click.group(help="Returns to tax offices: prepare, check, approve, write, hand in, amend.")
def command() -> None:
    """Group the commands."""


IN_THE_HOUSE = (template, prepare, check, approve, write)
OUTSIDE = (submit, accept, reject, amend)
TO_READ = (listed, show, calendar, certificate, recipients, report)
for _command in (*IN_THE_HOUSE, *OUTSIDE, *TO_READ):
    command.add_command(_command)
