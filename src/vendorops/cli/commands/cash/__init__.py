"""What money will be there, day by day."""

import click

from vendorops.cli.commands.cash.forecasting import forecast


@click.group(help="What money will be there, day by day.")
def command() -> None:
    """Group the commands."""


command.add_command(forecast)
