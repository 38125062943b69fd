"""What waits for a person: questions to decide, and cases that were refused."""

from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy import Row
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.inbox import Inbox, Wanted
from vendorops.books.naming_us import known_person, refuse_unknown_role
from vendorops.books.questions import OPEN
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    FROM_NOUGHT,
    FROM_ONE,
    READER,
    as_option,
    day_option,
    json_option,
    opener,
)
from vendorops.cli.waiting import (
    days_late,
    open_refusals,
    open_renewals,
    refused,
    renewal,
    unasked_reviews,
)
from vendorops.domain.money import Money
from vendorops.tables import Decision, Renewal


@click.command(help="What waits for a person: questions to decide, and cases that were refused.")
@as_option
@day_option
@click.option("--all", "everybody", is_flag=True, help="Not only what you may answer.")
@click.option("--kind", default="", help="Only questions of this kind.")
@click.option("--role", default="", help="Only questions put to this role.")
@click.option("--owner", default="", help="Only what this person is chased for.")
@click.option("--overdue", is_flag=True, help="Only what is late.")
@click.option("--limit", default=100, type=FROM_ONE, help="So many questions at once.")
@click.option("--skip", "offset", default=0, type=FROM_NOUGHT, help="After so many.")
@json_option
def command(**given: Any) -> None:  # noqa: ANN401 - click's own.
    """List what waits."""
    actor, as_of, everybody, as_json = (
        given.pop(name) for name in ("actor", "as_of", "everybody", "as_json")
    )
    wanted = Wanted(able="" if everybody or not actor else actor, **given)
    with opener(actor or READER, as_of)() as books:
        if wanted.owner:
            known_person(books, wanted.owner)
        if wanted.role:
            refuse_unknown_role(books, wanted.role)
        _list(books, wanted, as_json=as_json)


def _list(books: Books, wanted: Wanted, *, as_json: bool) -> None:
    inbox = Inbox(books)
    page, count = inbox.page(wanted), inbox.count(wanted)
    asked = [_shown(inbox, row) for row in page]
    shown = asked if as_json else [_short(row) for row in asked]
    emit(shown, as_json=as_json, title="Waiting for a decision", kind="question")
    if wanted.kind and not count:
        _tell_kinds(books, wanted.kind)
    left = count - wanted.offset - len(page)
    if left > 0:
        click.echo(f"{left} more; see them with --skip {wanted.offset + len(page)}", err=True)
    unowned = [row.reference for row in page if not row.owner]
    if unowned and not as_json:
        click.secho(f"NOBODY MAY ANSWER {', '.join(unowned)}; see problem", fg="red", bold=True)
    if not (wanted.kind or wanted.owner):
        late = [row for row in open_refusals(books) if wanted.role in ("", row.owner_role)]
        stuck = [
            refused(row, books.as_of)
            for row in late
            if not wanted.overdue or row.due_on < books.as_of
        ]
        ending = [
            renewal(books, row) for row in open_renewals(books) if _wants(row, inbox, wanted)
        ]
        emit(ending, as_json=as_json, title="Documents to be renewed", kind="renewal")
        emit(stuck, as_json=as_json, title="Refused until somebody acts", kind="refusal")
        doubts = unasked_reviews(books, wanted.role)
        if doubts:
            emit(doubts, as_json=as_json, title="Doubts about to be asked", kind="review")


def _tell_kinds(books: Books, kind: str) -> None:
    """Say which kinds there are: one that nothing waits for now may be a slip."""
    asked = select(Decision.kind).where(col(Decision.status).in_(OPEN)).distinct()
    there = ", ".join(sorted(books.session.exec(asked))) or "none"
    click.echo(f"nothing open is of the kind {kind[:40]!r}; open are: {there}", err=True)


def _wants(row: Renewal, inbox: Inbox, wanted: Wanted) -> bool:
    """Tell whether a renewal is of the role asked for, and one that who asks answers for."""
    mine = {right.answers for right in inbox.rights if right.holder == wanted.able}
    return wanted.role in ("", row.role) and (not wanted.able or row.role in mine)


def _short(row: Mapping[str, Any]) -> dict[str, object]:
    """Return a question in the few columns that a terminal has room for."""
    late = f", {row['overdue']} days late" if row["overdue"] else ""
    problem = f"{row['problem'].upper()}. " if row["problem"] else ""
    return {
        "case": row["case"],
        "about": row["about"],
        "asks": f"{row['asks']}, {row['step']}" if row["step"] else row["asks"],
        "owner": f"{row['owner'] or 'NOBODY'} ({row['role']})",
        "deputies": row["deputies"],
        "due": f"{row['due']}{late}",
        "amount": row["amount"] or None,
        "question": f"{problem}{row['question']}",
    }


def _shown(inbox: Inbox, row: Row[Any]) -> dict[str, object]:
    amount = str(Money(row.amount_minor, row.currency)) if row.currency else ""
    return {
        "case": row.reference,
        "about": row.subject_reference,
        "asks": row.kind,
        "step": f"{row.step} of {row.steps}" if row.steps > 1 else None,
        "role": row.role,
        "owner": row.owner or None,
        "problem": row.missing or None,
        "deputies": inbox.deputies(row.owner, row.role) or None,
        "due": row.due_on,
        "overdue": days_late(row.due_on, inbox.books.as_of),
        "escalated": ("", "deputy", "superior")[row.escalation] or None,
        "amount": amount,
        "question": row.question,
    }
