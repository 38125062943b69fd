"""Assign a task to a freelancer without an application, and send the task order."""

from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, as_option, books_of, day_option, json_option, opener
from vendorops.cli.tasks import told_assignment
from vendorops.stages import sweep
from vendorops.tables import Supplier, Task, TaskAssignment
from vendorops.working.tasks import assign

STAGE = "task_orders"


@click.command(
    help="Offer a slot of TASK to SUPPLIER. Its signer takes it by answering the question, or by "
    "vendorops contract sign TO-…"
)
@click.argument("task")
@click.argument("supplier")
@as_option
@day_option
@json_option
def command(
    task: str, supplier: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter one assignment."""
    with books_of(actor, as_of) as books:
        ident = assign(books, books.named(Task, task), books.named(Supplier, supplier)).id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = told_assignment(books, books.get(TaskAssignment, ident))
        emit([row], as_json=as_json, title="Task order")
