"""The command line: what people and scripts give, and one clear sentence when it cannot be."""

import gc
import sys
from io import StringIO

import click

from vendorops.cli.folder import Folder
from vendorops.cli.printing import told
from vendorops.cli.problems import sentence
from vendorops.domain.refusal import Refused

SELDOM = 100_000
"""New objects between two searches for garbage: most of what a command makes at its start are the
classes of the tables, which stay."""


@click.group(cls=Folder, package="vendorops.cli.commands")
@click.version_option(package_name="vendorops")
def vendorops() -> None:
    """Run everyone who works for the company without being employed by it."""


def main() -> None:
    """Run one command: exit 0 when done, 1 when refused or broken, 2 when misused."""
    gc.set_threshold(SELDOM)
    try:
        _refuse_bytes(sys.argv[1:])
        code = vendorops(standalone_mode=False)  # What a command ended with, if it said so.
    except click.ClickException as misuse:
        misuse.show(file=(shown := StringIO()))
        click.echo(told(shown.getvalue()), err=True, nl=False)
        sys.exit(misuse.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; run the same command again to go on.", err=True)
        sys.exit(1)
    except Refused as refusal:
        click.echo(f"Refused: {told(str(refusal))}", err=True)
        sys.exit(1)
    except Exception as problem:
        known = sentence(problem)
        if known is None:
            raise
        click.echo(f"Cannot go on: {told(known)}", err=True)
        sys.exit(1)
    if code:
        sys.exit(code)


def _refuse_bytes(words: list[str]) -> None:
    """Refuse what is no text: nothing that is kept or shown could hold it."""
    for at, word in enumerate(words, start=1):
        try:
            word.encode()
        except UnicodeEncodeError as error:
            raise click.UsageError(f"word {at} of the command is not text in UTF-8") from error
