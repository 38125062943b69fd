"""What waits for a person: questions to decide, and cases that were refused."""

from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books, waiting
from vendorops.cli.session import as_option, day_option, emit, json_option, opener
from vendorops.domain.money import Money
from vendorops.tables import Decision, Refusal, RoleGrant


@click.command(help="What waits for a person: questions to decide, and cases that were refused.")
@as_option
@day_option
@click.option("--all", "everybody", is_flag=True, help="Not only what your roles may answer.")
@json_option
def command(actor: str | None, as_of: datetime | None, *, everybody: bool, as_json: bool) -> None:
    """List what waits."""
    with opener(actor or "reader", as_of)() as books:
        mine = None if everybody or not actor else _roles(books, actor)
        asked = [_shown(row) for row in waiting(books) if mine is None or row.role in mine]
        refused = [_refused(row) for row in _open_refusals(books)]
    emit(asked, as_json=as_json, title="Waiting for a decision")
    emit(refused, as_json=as_json, title="Refused until somebody acts")


def _roles(books: Books, actor: str) -> set[str]:
    query = select(RoleGrant.role).where(col(RoleGrant.handle) == actor)
    return set(books.session.exec(query))


def _shown(row: Decision) -> dict[str, Any]:
    amount = str(Money(row.amount_minor, row.currency)) if row.currency else ""
    return {
        "case": row.reference,
        "about": row.subject_reference,
        "kind": row.kind,
        "role": row.role,
        "due": row.due_on,
        "amount": amount,
        "question": row.question,
    }


def _open_refusals(books: Books) -> list[Refusal]:
    query = select(Refusal).where(col(Refusal.resolved_on).is_(None)).order_by(col(Refusal.id))
    return list(books.session.exec(query))


def _refused(row: Refusal) -> dict[str, Any]:
    return {
        "about": row.subject_reference,
        "stage": row.stage,
        "since": row.refused_on,
        "reason": row.reason,
    }
