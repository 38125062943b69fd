"""Propose to explain a sealed month once more; somebody else decides."""

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
from vendorops.stages import sweep
from vendorops.stages.reopenings import propose
from vendorops.tables import Reconciliation, Reopening

STAGE = "reopenings"


@click.command(help="Propose to explain the month REC (REC-…) once more; its seal stays.")
@click.argument("reconciliation", metavar="REC")
@click.option("--reason", type=WORDS, required=True, help="Why; whoever decides reads it.")
@as_option
@day_option
@json_option
def reopen(
    reconciliation: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter the proposal and put it before whoever decides."""
    with books_of(actor, as_of) as books:
        ident = propose(books, books.named(Reconciliation, reconciliation), reason).id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = books.get(Reopening, ident)
        told = {
            "reopening": row.reference,
            "reconciliation": reconciliation,
            "proposed_by": row.proposed_by,
            "status": row.status,
            **waits_for(books, row),
        }
    emit([told], as_json=as_json, title="Proposed")
