"""Keeps the files of suppliers and books the claims in them, file by file."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    day_option,
    files_argument,
    json_option,
    opener,
)
from vendorops.cli.taking import check_taken, take_each
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.stages.intake import receive
from vendorops.tables import CheckFinding, Contract, Invoice, ReceivedFile

STAGE = "intake"


@click.command()
@files_argument
@as_option
@day_option
@json_option
def take(
    files: tuple[Path, ...], actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Keep files and book the claims in them; what cannot be booked is kept with the reason."""

    def book(path: Path) -> dict[str, Any]:
        with opener(actor or f"system:{STAGE}", as_of)() as books:
            file = receive(books, path.read_bytes(), path.name)
        outcome = sweep(STAGE, opener(f"system:{STAGE}", as_of), [file.id])
        with opener(READER, as_of)() as books:
            refusal = outcome.refused[0][1] if outcome.refused else None
            return {"refused": refusal, **_told(books, file.id)}

    rows = take_each(files, book)
    emit(rows, as_json=as_json, title="Taken")
    check_taken(rows)


def _told(books: Books, ident: int) -> dict[str, Any]:
    file = books.get(ReceivedFile, ident)
    query = select(Invoice).where(col(Invoice.received_file_id) == ident)
    booked = books.session.exec(query).one_or_none()
    return {"received": file.reference, "status": file.status, **_claim(books, booked)}


def _claim(books: Books, booked: Invoice | None) -> dict[str, Any]:
    if booked is None:
        nothing = ("invoice", "contract", "month", "net", "gross")
        return {**dict.fromkeys(nothing), "findings": []}
    return {
        "invoice": booked.reference,
        "contract": books.get(Contract, booked.contract_id).reference,
        "month": booked.month,
        "net": Money(booked.net_minor, booked.currency),
        "gross": Money(booked.gross_minor, booked.currency),
        "findings": _findings(books, booked),
    }


def _findings(books: Books, booked: Invoice) -> list[str]:
    """Return what a person should look at, although the claim was booked."""
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == Invoice.__name__.lower(),
        col(CheckFinding.subject_id) == booked.id,
    )
    rows = books.session.exec(query.order_by(col(CheckFinding.id)))
    return [f"{row.code} ({row.place_in_source}): {row.message}" for row in rows]
