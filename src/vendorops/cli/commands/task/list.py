"""List tasks, the newest first."""

import click
from sqlmodel import col, select

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, json_option, one_of, opener
from vendorops.cli.tasks import told
from vendorops.domain.lifecycle import TaskStatus
from vendorops.tables import Task


@click.command(help="List tasks, of one status or of all.")
@click.option(
    "--status",
    type=one_of(TaskStatus),
    help="Only in this state.",
)
@json_option
def command(status: str | None, *, as_json: bool) -> None:
    """Tell every task in a row."""
    query = select(Task).order_by(col(Task.id).desc())
    if status:
        query = query.where(col(Task.status) == status)
    with opener(READER)() as books:
        rows = [told(books, task) for task in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Tasks")
