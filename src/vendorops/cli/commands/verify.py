"""Check every invariant, the chain of history and the database itself; name what is broken."""

import re
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from multiprocessing import get_context

import click

from vendorops.books import Opener
from vendorops.books.engine import integrity
from vendorops.cli.printing import emit
from vendorops.cli.session import day_option, json_option, opener
from vendorops.domain.refusal import Refused
from vendorops.invariants import Verdict, checkpoint_holds, verify
from vendorops.settings import Settings

NOTED = re.compile(r"\d{1,18}:[0-9a-f]{64}")
SHARES = 6
"""How many parts each process takes one after another: rules are not equally dear."""


class Broken(Refused):
    """The books are not as they must be; payment must stop until it is explained."""


@click.command(help="Check every invariant and the history; name what is broken.")
@click.option("--checkpoint", metavar="SEQ:HASH", help="An end of the history noted earlier.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Among how many the invariants are shared.",
)
@day_option
@json_option
def command(
    checkpoint: str | None, processes: int, as_of: datetime | None, *, as_json: bool
) -> None:
    """Verify the books."""
    if checkpoint is not None and not NOTED.fullmatch(checkpoint):
        raise click.UsageError("--checkpoint is SEQ:HASH, as vendorops verify told it")
    opened = opener("system:verify", as_of)
    with opened() as books:
        end = checkpoint_holds(books, checkpoint)
    verdicts = _verdicts(opened, processes)
    broken = [vars(violation) for verdict in verdicts for violation in verdict.violations]
    broken += [
        {"code": "F5", "sentence": "the database is sound", "what": what}
        for what in integrity(Settings.from_environment())
    ]
    if broken:
        emit(broken, as_json=as_json, title="Broken")
        raise Broken(f"{len(broken)} violations; nothing may be paid before they are explained")
    checked = sum(verdict.checked for verdict in verdicts)
    told = {"invariants": checked, "violations": 0, "checkpoint": end}
    emit([told], as_json=as_json, title="Verified")


def _verdicts(opened: Opener, processes: int) -> list[Verdict]:
    if processes == 1:
        return [_verdict(opened, 1, 0)]
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        parts = processes * SHARES
        return list(pool.map(partial(_verdict, opened, parts), range(parts)))


def _verdict(opened: Opener, parts: int, part: int) -> Verdict:
    with opened() as books:
        return verify(books, part, parts)
