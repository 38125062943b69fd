"""Prepare the returns of a month; prepare one anew, or amend it."""

from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.books.standing import refuse_outsider
from vendorops.cli.commands.filing.listing import told
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    WORDS,
    Month,
    WhoAreYou,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.domain.periods import Period
from vendorops.stages import sweep
from vendorops.stages.filing import amend as amended
from vendorops.stages.filing import prepare_again
from vendorops.tables import Filing


@click.command(
    help="Prepare the returns of a month that is over, in your own name, so that somebody else"
    " approves them. With --again, one anew after what it rests on was corrected."
)
@click.option(
    "--month", type=Month(), help="Up to this month; the one before today's unless given."
)
@click.option("--again", default="", metavar="FILING", help="Prepare this one (RET-…) anew.")
@click.option("--reason", default="", help="Why it is prepared anew.")
@as_option
@day_option
@json_option
def prepare(  # noqa: PLR0913 - one parameter an option.
    *,
    month: Period | None,
    again: str,
    reason: str,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Run the stage in a person's name, and list what it prepared and refused."""
    if reason and not again:
        raise click.UsageError("--reason goes with --again")
    if again:
        _one(again, reason, (actor, as_of), as_json=as_json)
        return
    if not actor:
        raise WhoAreYou("say who you are with --as HANDLE or VENDOROPS_ACTOR")
    open_books = opener(actor, as_of, month)
    with open_books() as books:
        refuse_outsider(books)
        query = select(Filing.id).order_by(col(Filing.id).desc()).limit(1)
        newest = books.session.exec(query).first() or 0
    outcome = sweep("filing", open_books)
    with open_books() as books:
        fresh = select(Filing).where(col(Filing.id) > newest).order_by(col(Filing.id))
        rows = [told(books, row) for row in books.session.exec(fresh)]
    emit(rows, as_json=as_json, title="Prepared", kind="return")
    refused = [{"about": about, "reason": why} for about, why in outcome.refused]
    if refused:
        emit(refused, as_json=as_json, title="Refused until somebody acts", kind="refusal")
        click.get_current_context().exit(1)


def _one(
    again: str, reason: str, who: tuple[str | None, datetime | None], *, as_json: bool
) -> None:
    with books_of(*who) as books:
        refuse_outsider(books)
        row = prepare_again(books, books.named(Filing, again), reason)
        emit([told(books, row)], as_json=as_json, title="Prepared anew", kind="return")


@click.command(
    help="Prepare another version of FILING (RET-…), which was handed in, from the books as they"
    " are now. It takes the other's place once it is handed in itself."
)
@click.argument("filing")
@click.option("--reason", type=WORDS, required=True, help="Why; kept in the history.")
@as_option
@day_option
@json_option
def amend(
    filing: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter the version in a person's name."""
    with books_of(actor, as_of) as books:
        refuse_outsider(books)
        row = amended(books, books.named(Filing, filing), reason)
        emit([told(books, row)], as_json=as_json, title="Amendment", kind="return")
