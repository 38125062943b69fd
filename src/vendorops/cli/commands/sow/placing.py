"""Place a statement of work, or propose to change one; somebody else decides."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.commands.sow.telling import told_order, told_revision
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    books_of,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.stages import sweep
from vendorops.working.statements_of_work import (
    change_statement,
    place_statement,
    read_change,
    read_statement,
)

PLACED, CHANGED = "ordering", "order_revisions"


@click.command(
    help="Place the statement of work of FILE (YAML): contract, title, start, end, budget, lines"
    " of kind event, schedule, unit, no_cost or time; grades and late_fine where they are agreed."
)
@file_argument
@as_option
@day_option
@json_option
def place(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter the order in draft, and say who decides on it."""
    with books_of(actor, as_of) as books:
        ident = place_statement(books, read_statement(file.read_bytes())).id
    sweep(PLACED, opener(f"system:{PLACED}", as_of), [ident])
    with opener(READER, as_of)() as books:
        emit([told_order(books, ident)], as_json=as_json, title="Placed")


@click.command(
    help="Propose the change order of FILE (YAML): order, valid_from, reason, and of delta, end"
    " and lines what changes; a line with a number changes that one, others are added."
)
@file_argument
@as_option
@day_option
@json_option
def change(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter the change in draft, and say who decides on it."""
    with books_of(actor, as_of) as books:
        ident = change_statement(books, read_change(file.read_bytes())).id
    sweep(CHANGED, opener(f"system:{CHANGED}", as_of), [ident])
    with opener(READER, as_of)() as books:
        emit([told_revision(books, ident)], as_json=as_json, title="Proposed")
