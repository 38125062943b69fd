"""Whether release is frozen, why, and what would lift it."""

from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
    reason_option,
)
from vendorops.paying import freezing
from vendorops.tables import ReleaseFreeze


@click.group(help="Whether release is frozen; freeze it, lift it.")
def freeze() -> None:
    """Group the commands."""


@freeze.command()
@day_option
@json_option
def show(as_of: datetime | None, *, as_json: bool) -> None:
    """Show every freeze, and what keeps the standing one."""
    with opener(READER, as_of)() as books:
        query = select(ReleaseFreeze).order_by(col(ReleaseFreeze.id))
        rows = [_told(books, row) for row in books.session.exec(query).all()]
    emit(rows, as_json=as_json, title="Freezes of release")


@freeze.command("set")
@reason_option
@as_option
@day_option
@json_option
def set_(reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Freeze release, such as after a database was restored by its own tools."""
    with books_of(actor, as_of) as books:
        told = _told(books, freezing.freeze(books, reason))
    emit([told], as_json=as_json, title="Frozen")


@freeze.command()
@reason_option
@as_option
@day_option
@json_option
def lift(reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Let payments go again, once the bank's statements cover everything."""
    with books_of(actor, as_of) as books:
        told = _told(books, freezing.lift(books, reason))
    emit([told], as_json=as_json, title="Lifted")


def _told(books: Books, row: ReleaseFreeze) -> dict[str, Any]:
    stands = row.status == "standing"
    return {
        "freeze": row.reference,
        "frozen_on": row.frozen_on,
        "frozen_by": row.frozen_by,
        "because": row.reason,
        "status": row.status,
        "missing": freezing.uncovered(books, row) if stands else [],
        "lifted_on": row.lifted_on,
        "lifted_by": row.lifted_by,
    }
