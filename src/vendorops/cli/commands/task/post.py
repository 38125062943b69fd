"""Post the task that a form describes, after approval where the matrix asks for it."""

from datetime import datetime
from pathlib import Path

import click

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
from vendorops.cli.tasks import told
from vendorops.documents.forms import read_form
from vendorops.stages import sweep
from vendorops.tables import Task
from vendorops.working.tasks import PostForm, post

STAGE = "tasks"


@click.command(help="Post the task of FILE (YAML or JSON); the same file again changes nothing.")
@file_argument
@as_option
@day_option
@json_option
def command(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter one task."""
    form = read_form(file.read_bytes(), PostForm, "the task")
    with books_of(actor, as_of) as books:
        ident = post(books, form).id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        emit([told(books, books.get(Task, ident))], as_json=as_json, title="Task")
