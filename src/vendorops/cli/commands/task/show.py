"""Show a task: who applied, who has it, what was delivered and with which evidence."""

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, json_option, opener
from vendorops.cli.tasks import (
    applications_of,
    assignments_of,
    deliveries,
    told,
    told_application,
    told_assignment,
    told_delivery,
)
from vendorops.tables import Task


@click.command(help="Show TASK (TSK-…) and all that hangs on it.")
@click.argument("task")
@json_option
def command(task: str, *, as_json: bool) -> None:
    """Tell one task whole."""
    with opener(READER)() as books:
        row = books.named(Task, task)
        whole = told(books, row) | {"brief": row.brief, "evidence": row.evidence}
        parts = {
            "application": [told_application(books, each) for each in applications_of(books, row)],
            "assignment": [told_assignment(books, each) for each in assignments_of(books, row)],
            "delivery": [told_delivery(books, each) for each in deliveries(books, row)],
        }
    emit([whole], as_json=as_json, title="Task", kind="task")
    for kind, rows in parts.items():
        emit(rows, as_json=as_json, title=kind.capitalize(), kind=kind)
