"""Candidates whom suppliers propose: submit, shortlist, reject, withdraw, list."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli import sourced
from vendorops.cli.beside import beside
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    books_of,
    day_option,
    files_argument,
    json_option,
    one_of,
    opener,
    reason_option,
)
from vendorops.cli.taking import check_taken, take_each
from vendorops.domain.lifecycle import SubmissionStatus
from vendorops.tables import Requisition, Submission
from vendorops.working import sourcing


@click.group(help="Candidates whom suppliers propose.")
def command() -> None:
    """Group the commands."""


@command.command(
    help="Enter the candidates of FILES (YAML), each by itself. A file gives requisition, "
    "supplier, candidate (name, identifier, born_on, email), pay or bill, and right_to_represent "
    "(given_on, and the file of the consent that lies beside it). A candidate whom somebody else "
    "owns is entered as a duplicate, and the answer says whose."
)
@files_argument
@as_option
@day_option
@json_option
def submit(
    files: tuple[Path, ...], actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter candidates."""

    def take(path: Path) -> dict[str, Any]:
        with books_of(actor, as_of) as books:
            row = sourcing.submit(books, path.read_bytes(), beside(path.parent))
            return sourced.submission(books, row)

    rows = take_each(files, take)
    emit(rows, as_json=as_json, title="Submitted")
    check_taken(rows)


def _deciding(name: str, act: Callable[[Books, str, str], Submission], what: str) -> click.Command:
    @click.command(name, help=what)
    @click.argument("submission")
    @reason_option
    @as_option
    @day_option
    @json_option
    def command(
        submission: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
    ) -> None:
        with books_of(actor, as_of) as books:
            told = sourced.submission(books, act(books, submission, reason))
        emit([told], as_json=as_json, title="Candidate")

    return command


command.add_command(_deciding("shortlist", sourcing.shortlist, "Shortlist SUBMISSION (SUB-…)."))
command.add_command(_deciding("reject", sourcing.reject, "Reject SUBMISSION (SUB-…)."))
command.add_command(
    _deciding(
        "withdraw",
        sourcing.withdraw,
        "Take SUBMISSION (SUB-…) back, as its supplier. Others may then propose the candidate.",
    )
)


@command.command("list", help="List candidates, of all requisitions or of one.")
@click.option("--requisition", help="REQ-….")
@click.option(
    "--status",
    "states",
    multiple=True,
    type=one_of(SubmissionStatus),
    help="May be given several times.",
)
@day_option
@json_option
def listed(
    requisition: str | None, states: tuple[str, ...], as_of: datetime | None, *, as_json: bool
) -> None:
    """List candidates by their references."""
    query = select(Submission).order_by(col(Submission.reference))
    if states:
        query = query.where(col(Submission.status).in_(states))
    with opener(READER, as_of)() as books:
        if requisition:
            of = books.named(Requisition, requisition)
            query = query.where(col(Submission.requisition_id) == of.id)
        rows = [sourced.submission(books, row) for row in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Candidates")
