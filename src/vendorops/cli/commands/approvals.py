"""Who must approve what: the approval matrix, and what it asks of one question."""

from datetime import datetime

import click

from vendorops.books.foreseeing import foresee, matrix_on
from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, READER, json_option, opener
from vendorops.domain.approvals import Scope
from vendorops.domain.money import Money
from vendorops.law import place
from vendorops.programs import program

on_option = click.option(
    "--as-of", "--on", "as_of", type=DAY, help="Day asked about, today unless given."
)


@click.group(help="Who must approve what: the approval matrix of the company.")
def command() -> None:
    """Group the commands."""


@command.command()
@click.option("--kind", required=True, help="What is asked: contract, settlement, …")
@click.option("--program", default="", help="Such as rpo.")
@click.option("--place", default="", help="Such as cn.")
@click.option("--risk", default="", help="Such as high.")
@click.option("--amount", help="Such as 1500000.00; needs --currency.")
@click.option("--currency", help="Such as CNY.")
@on_option
@json_option
def show(**given: object) -> None:
    """Tell who would have to approve a question, in turn, and who may."""
    words = {name: str(given[name]) for name in ("program", "place", "risk")}
    amount, currency, as_of = given["amount"], given["currency"], given["as_of"]
    if bool(amount) != bool(currency):
        raise click.UsageError("--amount and --currency go together")
    minor = Money.parse(str(amount), str(currency)).minor if amount else 0
    scope = Scope(**words, currency=str(currency or ""), from_minor=minor)
    if scope.program:
        program(scope.program)
    if scope.place:
        place(scope.place)
    with opener(READER, as_of if isinstance(as_of, datetime) else None)() as books:
        steps = foresee(books, str(given["kind"]), scope)
    emit(steps, as_json=bool(given["as_json"]), title=f"Who approves this {given['kind']}")
    if not steps:
        click.echo(
            "No row of the matrix fits: the role that the question names answers.", err=True
        )


@command.command(name="list")
@on_option
@json_option
def listed(as_of: datetime | None, *, as_json: bool) -> None:
    """List the rows in force on a day."""
    with opener(READER, as_of)() as books:
        rows = matrix_on(books)
    emit(rows, as_json=as_json, title="Approval matrix")
