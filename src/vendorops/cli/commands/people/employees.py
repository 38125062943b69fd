"""Our own employees, known by blind indexes only: nobody of them takes a task."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import as_option, books_of, day_option, file_argument, json_option
from vendorops.working.tasks.employees import load_employees


@click.group(help="Our own employees, by blind index only.")
def command() -> None:
    """Group the commands."""


@command.command()
@file_argument
@as_option
@day_option
@json_option
def load(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter FILE (XLSX or CSV: scheme, number, since, until); no number of it is kept."""
    with books_of(actor, as_of) as books:
        told = vars(load_employees(books, file.read_bytes()))
    emit([told], as_json=as_json, title="Employees")
