"""Propose to clear a hit that was found true by mistake; somebody else decides."""

from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    WORDS,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.screening import propose_clearing
from vendorops.stages import sweep
from vendorops.tables import Review

STAGE = "reviews"


@click.command()
@click.argument("review")
@click.option("--reason", type=WORDS, required=True, help="Why; whoever decides reads it.")
@as_option
@day_option
@json_option
def clear(
    review: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Propose that REVIEW, a hit that was found true, is of somebody else after all.

    Another person of compliance decides. Its supplier may then be reinstated.
    """
    with books_of(actor, as_of) as books:
        row = books.named(Review, review)
        propose_clearing(books, row, reason)
        ident = row.id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = books.get(Review, ident)
        told = {
            "review": row.reference,
            "status": row.status,
            "proposed_by": row.clearing_by,
            **waits_for(books, row),
        }
    emit([told], as_json=as_json, title="Proposed")
