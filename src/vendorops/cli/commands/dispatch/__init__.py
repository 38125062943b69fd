"""Labour dispatch: the posts it is for, and what each guardrail says of an order."""

import click

from vendorops.cli.commands.dispatch.checking import check
from vendorops.cli.commands.dispatch.posting import post


@click.group(help="Labour dispatch: posts, and what the guardrails LD-1 to LD-16 say.")
def command() -> None:
    """Group the commands."""


command.add_command(post)
command.add_command(check)
