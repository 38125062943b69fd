"""Start a supplier's onboarding from a YAML or JSON application."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.stages.onboarding import apply
from vendorops.tables import Qualification, Supplier

STAGE = "onboarding"


class CaseRefused(Refused):
    """The application is in the books, but its case cannot go on as it is."""


@click.command(help="Start a supplier's onboarding from the YAML or JSON application FILE.")
@file_argument
@click.option(
    "--documents",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the files it names; beside the application unless given.",
)
@as_option
@day_option
@json_option
def command(
    file: Path, documents: Path | None, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter the application, check it at once, and say for whom it waits."""
    with opener(actor or f"system:{STAGE}", as_of)() as books:
        case = apply(books, file.read_bytes(), documents or file.parent)
    outcome = sweep(STAGE, opener(f"system:{STAGE}", as_of), [case.id])
    with opener(READER, as_of)() as books:
        told = _told(books, case.id)
    emit([told], as_json=as_json, title="Onboarding")
    if outcome.refused:
        raise CaseRefused(outcome.refused[0][1])


def _told(books: Books, ident: int) -> dict[str, Any]:
    case = books.get(Qualification, ident)
    return {
        "case": case.reference,
        "supplier": books.get(Supplier, case.supplier_id).reference,
        "program": case.program,
        "place": case.place,
        "status": case.status,
        **waits_for(books, case),
    }
