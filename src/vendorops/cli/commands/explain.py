"""Say why an amount is what it is: down to term, work, claim and citation."""

import json

import click

from vendorops.cli.session import READER, json_option, opener
from vendorops.domain.refusal import Refused
from vendorops.tracing import as_data, broken, checks, explain, written


class DoesNotAddUp(Refused):
    """A sum in the tree does not hold; the books are damaged."""


@click.command(help="Why this amount? REF: PAY-…, SET-…, INV-…, INV-…/LINE or WRK-…")
@click.argument("reference", metavar="REF")
@json_option
def command(reference: str, *, as_json: bool) -> None:
    """Unfold an amount into everything it rests on, and check every sum on the way."""
    with opener(READER)() as books:
        tree = explain(books, reference)
    wrong = broken(tree)
    counted = sum(1 for _ in checks(tree))
    if as_json:
        told = as_data(tree) | {"adds_up": not wrong, "checked": counted}
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
    else:
        click.echo("\n".join(written(tree)))
    if wrong:
        raise DoesNotAddUp(
            f"{reference} does not add up: {'; '.join(wrong)}; run vendorops verify"
        )
    click.echo(f"Adds up exactly: every check holds ({counted}).", err=as_json)
