"""Say why an amount is what it is: down to term, work, claim and citation."""

import json
from pathlib import Path

import click

from vendorops.cli.printing import harmless
from vendorops.cli.session import FILE_TO_WRITE, READER, json_option, opener
from vendorops.domain.refusal import Refused
from vendorops.tracing import as_data, broken, checks, explain, page, written


class DoesNotAddUp(Refused):
    """A sum in the tree does not hold; the books are damaged."""


@click.command(
    help="Why this amount? REF: a payment (PAY-…), settlement, invoice or line of it (INV-…/LINE),"
    " work, credit memo, dispute, delivery, placement, contract, month (REC-…), return, decision,"
    " or the key of a transfer."
)
@click.argument("reference", metavar="REF")
@click.option("--html", type=FILE_TO_WRITE, help="Write the tree as one page for a browser.")
@json_option
def command(reference: str, html: Path | None, *, as_json: bool) -> None:
    """Unfold an amount into everything it rests on, and check every sum on the way."""
    with opener(READER)() as books:
        tree = explain(books, reference)
    wrong = broken(tree)
    counted = sum(1 for _ in checks(tree))
    if html:
        html.write_text(page(tree), "utf-8")
    if as_json:
        told = as_data(tree) | {"adds_up": not wrong, "checked": counted}
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
    elif not html:
        click.echo("\n".join(map(harmless, written(tree))))
    if wrong:
        raise DoesNotAddUp(
            f"{reference} does not add up: {'; '.join(wrong)}; run vendorops verify"
        )
    click.echo(f"Adds up exactly: every check holds ({counted}).", err=as_json)
