"""Apply for a task in a freelancer's name; a buyer decides."""

from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, as_option, books_of, day_option, json_option, opener
from vendorops.cli.tasks import told_application
from vendorops.stages import sweep
from vendorops.tables import Supplier, Task, TaskApplication
from vendorops.working.tasks import apply_for

STAGE = "task_applications"


@click.command(help="Apply for TASK in the name of SUPPLIER.")
@click.argument("task")
@click.argument("supplier")
@click.option("--note", default="", help="What the buyer should know.")
@as_option
@day_option
@json_option
def command(task: str, supplier: str, **given: object) -> None:
    """Enter one application."""
    as_of = given["as_of"] if isinstance(given["as_of"], datetime) else None
    with books_of(str(given["actor"] or ""), as_of) as books:
        named = books.named(Task, task), books.named(Supplier, supplier)
        ident = apply_for(books, *named, str(given["note"])).id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = told_application(books, books.get(TaskApplication, ident))
        emit([row], as_json=bool(given["as_json"]), title="Application")
