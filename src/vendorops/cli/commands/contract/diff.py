"""Show what two versions of a contract differ in: facts, and wording clause by clause."""

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import FROM_ONE, READER, json_option, opener
from vendorops.documents.comparing import chosen, compare, numbered
from vendorops.tables import Contract


@click.command(
    help="Compare two versions of CONTRACT (CON-…): the last two, unless numbers are given. "
    "Drafts are numbered first, then amendments."
)
@click.argument("contract")
@click.option("--from", "before", type=FROM_ONE, help="Number of the older version.")
@click.option("--to", "after", type=FROM_ONE, help="Number of the newer version.")
@json_option
def command(contract: str, before: int | None, after: int | None, *, as_json: bool) -> None:
    """Print one comparison."""
    with opener(READER)() as books:
        row = books.named(Contract, contract)
        versions = numbered(books, row)
        newer = chosen(versions, after, -1)
        older = chosen(versions, before, max(0, versions.index(newer) - 1))
        found = compare(books, row, older, newer)
    if as_json:
        emit([found], as_json=True)
        return
    click.echo(f"{row.reference}: {older.name} ({older.status}) to {newer.name} ({newer.status})")
    emit(found["facts"], as_json=False, title="Facts")
    for clause in found["wording"]:
        click.echo(f"\nclause {clause['before'] or 'new'} → {clause['after'] or 'gone'}")
        click.echo("\n".join(clause["lines"]))
