"""Check every invariant, the chain of history and the database itself; name what is broken."""

from datetime import datetime

import click

from vendorops.books.engine import integrity
from vendorops.cli.printing import emit
from vendorops.cli.session import day_option, json_option, opener
from vendorops.domain.refusal import Refused
from vendorops.invariants import checkpoint_holds, verify
from vendorops.settings import Settings


class Broken(Refused):
    """The books are not as they must be; payment must stop until it is explained."""


@click.command(help="Check every invariant and the history; name what is broken.")
@click.option("--checkpoint", metavar="SEQ:HASH", help="An end of the history noted earlier.")
@day_option
@json_option
def command(checkpoint: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Verify the books."""
    with opener("system:verify", as_of)() as books:
        verdict = verify(books)
        end = checkpoint_holds(books, checkpoint)
    broken = [vars(violation) for violation in verdict.violations]
    broken += [
        {"code": "F5", "sentence": "the database is sound", "what": what}
        for what in integrity(Settings.from_environment())
    ]
    if broken:
        emit(broken, as_json=as_json, title="Broken")
        raise Broken(f"{len(broken)} violations; nothing may be paid before they are explained")
    told = {"invariants": verdict.checked, "violations": 0, "checkpoint": end}
    emit([told], as_json=as_json, title="Verified")
