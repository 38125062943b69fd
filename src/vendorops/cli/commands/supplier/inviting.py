"""Propose to invite a supplier that procurement looked for."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.commands.supplier.changing import put_and_tell
from vendorops.cli.session import as_option, books_of, day_option, file_argument, json_option
from vendorops.stages.onboarding.inviting import invite as enter


@click.command(
    help="Propose to invite the supplier of FILE. The file (YAML) gives party, supplier_kind, "
    "reason and days; the application of the same number then takes the invitation up."
)
@file_argument
@as_option
@day_option
@json_option
def invite(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter the supplier as requested, and say who decides on the invitation."""
    with books_of(actor, as_of) as books:
        ident = enter(books, file.read_bytes()).id
    put_and_tell(ident, as_of, as_json=as_json)
