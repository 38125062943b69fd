"""What waits for a person: questions to decide, and cases that were refused."""

from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books, waiting
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, as_option, day_option, json_option, opener
from vendorops.cli.waiting import open_refusals, open_renewals, refused, renewal
from vendorops.domain.money import Money
from vendorops.tables import Decision, RoleGrant


@click.command(help="What waits for a person: questions to decide, and cases that were refused.")
@as_option
@day_option
@click.option("--all", "everybody", is_flag=True, help="Not only what your roles may answer.")
@json_option
def command(actor: str | None, as_of: datetime | None, *, everybody: bool, as_json: bool) -> None:
    """List what waits."""
    with opener(actor or READER, as_of)() as books:
        mine = None if everybody or not actor else _roles(books, actor)
        asked = [_shown(row) for row in waiting(books) if mine is None or row.role in mine]
        ending = [
            renewal(books, row) for row in open_renewals(books) if mine is None or row.role in mine
        ]
        stuck = [refused(row) for row in open_refusals(books)]
    emit(asked, as_json=as_json, title="Waiting for a decision", kind="question")
    emit(ending, as_json=as_json, title="Documents to be renewed", kind="renewal")
    emit(stuck, as_json=as_json, title="Refused until somebody acts", kind="refusal")


def _roles(books: Books, actor: str) -> set[str]:
    query = select(RoleGrant.role).where(col(RoleGrant.handle) == actor)
    return set(books.session.exec(query))


def _shown(row: Decision) -> dict[str, Any]:
    amount = str(Money(row.amount_minor, row.currency)) if row.currency else ""
    return {
        "case": row.reference,
        "about": row.subject_reference,
        "asks": row.kind,
        "role": row.role,
        "due": row.due_on,
        "amount": amount,
        "question": row.question,
    }
