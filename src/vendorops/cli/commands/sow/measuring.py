"""Report what was measured of a service level in a month that is over."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.commands.sow.telling import told_measurement
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    FILE,
    FROM_NOUGHT,
    READER,
    as_option,
    books_of,
    day_option,
    json_option,
    month_option,
    opener,
)
from vendorops.domain.periods import Period
from vendorops.domain.service_levels import Measured
from vendorops.stages import sweep
from vendorops.stages.service_levels import Reading
from vendorops.stages.service_levels import measure as enter
from vendorops.tables import Contract

STAGES = ("service_levels", "crediting")


@click.command(
    help="Report how many cases of a service level of CONTRACT were good in a month. Once all its"
    " levels are measured and its work is accepted, the month closes and missed ones are credited."
)
@click.argument("contract")
@click.option("--level", required=True, help="Code of the level in the contract's facts.")
@month_option
@click.option("--good", type=FROM_NOUGHT, required=True, help="Cases that met it.")
@click.option("--total", type=FROM_NOUGHT, required=True, help="All cases.")
@click.option("--evidence", type=FILE, required=True, help="The report it was counted from.")
@click.option("--correct", is_flag=True, help="In place of what was measured before.")
@as_option
@day_option
@json_option
def measure(  # noqa: PLR0913 - one parameter an option.
    *,
    contract: str,
    level: str,
    month: Period,
    good: int,
    total: int,
    evidence: Path,
    correct: bool,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter the measurement, and close its month where nothing is missing."""
    said = Reading(
        level=level,
        month=month.label,
        counted=Measured(good, total),
        evidence=evidence.read_bytes(),
        suffix=evidence.suffix.lower(),
        correct=correct,
    )
    with books_of(actor, as_of) as books:
        ident = enter(books, books.named(Contract, contract), said).id
    for stage in STAGES:
        sweep(stage, opener(f"system:{stage}", as_of))
    with opener(READER, as_of)() as books:
        emit([told_measurement(books, ident)], as_json=as_json, title="Measured")
