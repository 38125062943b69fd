"""Meetings with candidates: propose, confirm, done, no-show, cancel."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from vendorops.books import Books
from vendorops.cli import sourced
from vendorops.cli.printing import emit
from vendorops.cli.session import as_option, books_of, day_option, file_argument, json_option
from vendorops.tables import Interview
from vendorops.working import sourcing


@click.group(help="Meetings with candidates.")
def command() -> None:
    """Group the commands."""


@command.command(
    help="Propose the meeting of FILE (YAML: submission, starts_at and ends_at such as "
    "2026-11-10T14:00+08:00, panel, where)."
)
@file_argument
@as_option
@day_option
@json_option
def propose(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter it; the supplier confirms it."""
    with books_of(actor, as_of) as books:
        row = sourcing.propose_interview(books, file.read_bytes())
        told = sourced.interview(books, row)
    emit([told], as_json=as_json, title="Proposed")


@command.command(help="Confirm INTERVIEW (ITV-…) for the candidate, as its supplier.")
@click.argument("interview")
@as_option
@day_option
@json_option
def confirm(interview: str, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Confirm it."""
    with books_of(actor, as_of) as books:
        told = sourced.interview(books, sourcing.confirm(books, interview))
    emit([told], as_json=as_json, title="Confirmed")


def _ending(name: str, act: Callable[[Books, str, str], Interview], what: str) -> click.Command:
    @click.command(name, help=what)
    @click.argument("interview")
    @click.option("--note", required=True, help="What came of it, or why not.")
    @as_option
    @day_option
    @json_option
    def command(
        interview: str, note: str, actor: str | None, as_of: datetime | None, *, as_json: bool
    ) -> None:
        with books_of(actor, as_of) as books:
            told = sourced.interview(books, act(books, interview, note))
        emit([told], as_json=as_json, title="Interview")

    return command


command.add_command(_ending("done", sourcing.hold, "Note that INTERVIEW (ITV-…) took place."))
command.add_command(
    _ending("no-show", sourcing.miss, "Note that the candidate of INTERVIEW (ITV-…) did not come.")
)
command.add_command(
    _ending("cancel", sourcing.cancel_interview, "Call INTERVIEW (ITV-…) off; both sides may.")
)
