"""Start suppliers' onboarding: one application, or a spreadsheet of many."""

from typing import Any

import click

from vendorops.cli.commands.onboard.file import file
from vendorops.cli.commands.onboard.template import template

HELP = """Start suppliers' onboarding from FILE: an application in YAML or JSON, or a spreadsheet
(XLSX, CSV) with one application in each row. `vendorops onboard FILE --help` lists the options."""


class FileOrCommand(click.Group):
    """A group whose first word may be a file: `onboard FILE` is `onboard file FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = (*self.commands, *self.get_help_option_names(ctx))
        if args and args[0] not in known:
            args = [file.name or "", *args]
        return super().parse_args(ctx, args)


@click.group(cls=FileOrCommand, help=HELP)
def command(**_given: Any) -> None:  # noqa: ANN401 - click hands over nothing.
    """Group the commands."""


command.add_command(file)
command.add_command(template)
