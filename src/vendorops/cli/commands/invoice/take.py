"""Keeps the files of suppliers and books the claims in them, file by file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, as_option, day_option, json_option, opener
from vendorops.cli.taking import check_taken, take_each
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import PossibleDuplicateStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.stages import Outcome, sweep
from vendorops.stages.intake import inside, receive
from vendorops.tables import (
    CheckFinding,
    Contract,
    Invoice,
    PossibleDuplicate,
    ReceivedFile,
    Supplier,
)

STAGE = "intake"
DEEPEST = 3
"""How often what came out of a container is looked at: a mail, its archive, what lies in that."""


class NotAFile(Refused):
    """Something in a folder is no file of its own."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--supplier", help="Whose files they are (SUP-…), where they do not say so.")
@as_option
@day_option
@json_option
def take(
    files: tuple[Path, ...],
    supplier: str | None,
    actor: str | None,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Keep files and book the claims in them; what cannot be booked is kept with the reason.

    Of a folder every file is taken, so that it can be given again and again: what was taken
    before is known by its content. Mails (.eml) and ZIP archives are opened.
    """
    taking = _Taking(actor, as_of, supplier)
    chosen = [*_chosen(files)]
    rows = [each for row in take_each(chosen, taking.take) for each in _flat(row)]
    emit(rows, as_json=as_json, title="Taken")
    check_taken(rows)


def _chosen(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield files, and what lies in folders but hidden files, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.name[0] != ".")
        else:
            yield path


def _flat(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    members = row.pop("members", [])
    yield row
    for member in members:
        yield from _flat({**member, "file": f"{row['file']} > {member['file']}"})


@dataclass(frozen=True)
class _Taking:
    """How files are taken in."""

    actor: str | None
    as_of: datetime | None
    supplier: str | None

    def take(self, path: Path) -> dict[str, Any]:
        """Keep one file and book what is in it."""
        if path.is_symlink() or not path.is_file():
            raise NotAFile("it is a link, a folder or no plain file; give the file itself")
        with opener(self.actor or f"system:{STAGE}", self.as_of)() as books:
            supplier = books.named(Supplier, self.supplier).id if self.supplier else None
            ident = receive(books, path.read_bytes(), path.name, supplier).id
        return self._told(ident, 1)

    def _told(self, ident: int, depth: int) -> dict[str, Any]:
        outcome = sweep(STAGE, opener(f"system:{STAGE}", self.as_of), [ident])
        with opener(READER, self.as_of)() as books:
            told = _row(books, ident, outcome)
            members = [(each.received_file_id, each.name) for each in inside(books, ident)]
        if members and depth < DEEPEST:
            told["members"] = [
                {"file": name, **self._told(member, depth + 1)} for member, name in members
            ]
        return told


def _row(books: Books, ident: int, outcome: Outcome) -> dict[str, Any]:
    file = books.get(ReceivedFile, ident)
    query = select(Invoice).where(col(Invoice.received_file_id) == ident)
    booked = books.session.exec(query).one_or_none()
    return {
        "refused": outcome.refused[0][1] if outcome.refused else None,
        "received": file.reference,
        "status": file.status,
        **_claim(books, booked),
        "decision": waits_for(books, file)["decision"],
    }


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
    found = [f"{row.code} ({row.place_in_source}): {row.message}" for row in rows]
    return [*found, *_likenesses(books, booked)]


def _likenesses(books: Books, booked: Invoice) -> list[str]:
    """Return which earlier claims it looks like, and is therefore held for."""
    query = (
        select(Invoice.reference)
        .join(PossibleDuplicate, col(PossibleDuplicate.earlier_id) == col(Invoice.id))
        .where(
            col(PossibleDuplicate.invoice_id) == booked.id,
            col(PossibleDuplicate.status) == PossibleDuplicateStatus.OPEN.value,
        )
    )
    return [
        f"possible-duplicate: it looks like {earlier}; held until finance has said what it is"
        for earlier in books.session.exec(query.order_by(col(Invoice.reference)))
    ]
