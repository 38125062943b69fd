"""End a contract before its time; a second person approves, and notice is given."""

from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, WORDS, as_option, books_of, day_option, json_option
from vendorops.documents.ending import HANDOVER, ONE_DAY, End, terminate
from vendorops.tables import Contract

KINDS = ("notice", "breach", "licence_lost", "mutual")


@click.command(help="End CONTRACT (CON-…); by notice on the day its notice period leaves.")
@click.argument("contract")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Why it may end.")
@click.option("--reason", type=WORDS, required=True, help="Printed in the notice.")
@click.option("--last-day", type=DAY, help="Last day it holds.")
@click.option("--handover", default=HANDOVER, help="What is handed over, and how.")
@as_option
@day_option
@json_option
def command(contract: str, **given: object) -> None:
    """Enter one termination."""
    last, as_of, actor = given["last_day"], given["as_of"], given["actor"]
    end = End(
        kind=str(given["kind"]),
        reason=str(given["reason"]),
        last_day=last.date() if isinstance(last, datetime) else None,
        handover=str(given["handover"]),
    )
    day = as_of if isinstance(as_of, datetime) else None
    with books_of(str(actor) if actor else None, day) as books:
        row = terminate(books, books.named(Contract, contract), end)
        told = {
            "termination": row.reference,
            "contract": contract,
            "kind": row.kind,
            "last_day": row.ends_on - ONE_DAY,
            "status": row.status,
        }
    emit([told], as_json=bool(given["as_json"]))
