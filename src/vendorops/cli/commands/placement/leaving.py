"""Report that a placed person left, and say what follows."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.cli.commands.placement.showing import told
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    FILE,
    READER,
    as_option,
    books_of,
    day_option,
    json_option,
    one_of,
    opener,
)
from vendorops.domain.guarantee import Reason
from vendorops.stages import sweep
from vendorops.tables import Placement
from vendorops.tables.placements import CLAIMS
from vendorops.working.placing import Departure, report_leave

STAGE = "guarantees"


@click.command(
    help="Report that the person of PLACEMENT (PLC-…) left within the guarantee. It is the notice "
    "of the claim, given within ten working days."
)
@click.argument("placement")
@click.option("--on", "left", type=DAY, required=True, help="Last day of work.")
@click.option(
    "--reason",
    type=one_of(Reason),
    required=True,
    help="Why the person left.",
)
@click.option("--evidence", type=FILE, required=True, help="The file that shows it.")
@click.option(
    "--claim",
    type=click.Choice([each for each in CLAIMS if each]),
    help="One free replacement, unless there was one or a refund is chosen.",
)
@as_option
@day_option
@json_option
def leave(placement: str, left: datetime, evidence: Path, **given: Any) -> None:  # noqa: ANN401 - click's own options.
    """Report a leaving."""
    as_of = given["as_of"]
    reason, claim = Reason(given["reason"]), given["claim"] or ""
    with books_of(given["actor"], as_of) as books:
        row = books.named(Placement, placement)
        departure = Departure(
            left.date(), reason, evidence.read_bytes(), evidence.suffix.lower(), claim
        )
        verdict, ident = report_leave(books, row, departure), row.id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = books.get(Placement, ident)
        found = {"follows": verdict.outcome.value, "because": verdict.because}
        emit([told(books, row) | found], as_json=given["as_json"], title="Placement")
