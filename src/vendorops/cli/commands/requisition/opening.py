"""Open a requisition, and have it go to further suppliers."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli import sourced
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    books_of,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.stages import sweep
from vendorops.tables import Distribution, Requisition
from vendorops.working.sourcing import distribute as plan
from vendorops.working.sourcing import open_requisition

STAGE = "requisitions"


@click.command(
    "open",
    help="Open the requisition of FILE (YAML) and put it up for approval. The file gives "
    "legal_entity, program, place, title, role, positions, pay (kind, unit, currency, budget, "
    "units), deadline, starts_on, requested_by, and suppliers (contract, tier, hours, days, gate, "
    "gate_minimum).",
)
@file_argument
@as_option
@day_option
@json_option
def open_(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter the requisition, and say who decides on it."""
    with books_of(actor, as_of) as books:
        ident = open_requisition(books, file.read_bytes()).id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        told = sourced.requisition(books, books.get(Requisition, ident))
    emit([told], as_json=as_json, title="Opened")


@click.command(help="Have REQUISITION go to the further suppliers of FILE (YAML: suppliers).")
@click.argument("requisition")
@file_argument
@as_option
@day_option
@json_option
def distribute(
    requisition: str, file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Plan it; what is due at once is released by the next run."""
    with books_of(actor, as_of) as books:
        idents = [row.id for row in plan(books, requisition, file.read_bytes())]
    with opener(READER, as_of)() as books:
        told = [sourced.distribution(books, books.get(Distribution, ident)) for ident in idents]
    emit(told, as_json=as_json, title="Planned")
