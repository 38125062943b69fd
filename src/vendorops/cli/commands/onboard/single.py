"""Starts one supplier's onboarding from a YAML or JSON application."""

from pathlib import Path
from typing import Any

from vendorops.books import Books
from vendorops.cli.commands.onboard.given import STAGE, Given
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, opener
from vendorops.cli.waiting import waits_for
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.stages.onboarding import apply
from vendorops.tables import Qualification, Supplier


class CaseRefused(Refused):
    """The application is in the books, but its case cannot go on as it is."""


def onboard_one(file: Path, given: Given) -> None:
    """Enter the application, check it at once, and say for whom it waits."""
    with given.applicant() as books:
        case = apply(books, file.read_bytes(), given.documents or file.parent)
    outcome = sweep(STAGE, given.stage, [case.id])
    with opener(READER, given.as_of)() as books:
        told = _told(books, case.id)
    emit([told], as_json=given.as_json, title="Onboarding")
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
