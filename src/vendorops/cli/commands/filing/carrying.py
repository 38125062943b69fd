"""Check a return, approve it, and have its file written."""

from datetime import datetime

import click
from sqlmodel import col, or_, select

from vendorops.books import Answer, answer
from vendorops.books.questions import OPEN
from vendorops.books.standing import refuse_outsider
from vendorops.cli.commands.filing.listing import checks, told
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    WORDS,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.domain.lifecycle import FilingStatus
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.stages.returns import check_now
from vendorops.tables import Decision, Effect, Filing, FilingSheet

STAGE = "returns"
NOT_YET = (FilingStatus.PREPARED, FilingStatus.CHECKED)
filing_argument = click.argument("filing")


class NothingAsked(Refused):
    """Nobody is asked what the command would answer."""


class NotApproved(Refused):
    """The file is written once somebody else approved the return."""


@click.command(
    help="Check FILING (RET-…) in your own name: its total is the ledger's, its file what its rows"
    " say. Whoever checks does not approve."
)
@filing_argument
@as_option
@day_option
@json_option
def check(filing: str, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Move a prepared return on, or tell what is wrong with it."""
    with books_of(actor, as_of) as books:
        refuse_outsider(books)
        row = books.named(Filing, filing)
        found = [*checks(books, row)]
        if all(each["holds"] for each in found):
            check_now(books, row)
        emit([told(books, row)], as_json=as_json, title="Return", kind="return")
    emit(found, as_json=as_json, title="Checks", kind="check")
    if not all(each["holds"] for each in found):
        click.get_current_context().exit(1)


@click.command(help="Approve FILING (RET-…), which somebody else prepared and checked.")
@filing_argument
@click.option("--reason", type=WORDS, required=True, help="Kept in the history.")
@as_option
@day_option
@json_option
def approve(
    filing: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Answer the question about the return, and let its file be written."""
    ident = carried(filing, as_of)
    answered(ident, ("filing",), (actor, as_of), ("approve", reason, {}))
    _written(filing, as_of)
    shown(filing, as_of, as_json=as_json)


@click.command(help="Lay the file of FILING (RET-…) out in the outgoing folder, once approved.")
@filing_argument
@day_option
@json_option
def write(filing: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Run what writes and lays out; done before, it changes nothing."""
    carried(filing, as_of)
    with opener(READER, as_of)() as books:
        row = books.named(Filing, filing)
        if row.status in NOT_YET:
            raise NotApproved(
                f"{filing} is {row.status}; its file is written once somebody else approved it: "
                f"vendorops filing approve {filing}"
            )
    _written(filing, as_of)
    shown(filing, as_of, as_json=as_json)


def carried(filing: str, as_of: datetime | None) -> int:
    """Carry a return as far as it goes without people, and return its key."""
    with opener(READER, as_of)() as books:
        ident = books.named(Filing, filing).id
    outcome = sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    for _, why in outcome.refused:
        raise NothingAsked(why)
    return ident


def answered(
    ident: int,
    kinds: tuple[str, ...],
    who: tuple[str | None, datetime | None],
    said: tuple[str, str, dict[str, object]],
) -> None:
    """Answer the open question of a kind about a return in a person's name, and carry it on."""
    verdict, reason, detail = said
    with books_of(*who) as books:
        query = select(Decision).where(
            col(Decision.subject_table) == "filing",
            col(Decision.subject_id) == ident,
            col(Decision.kind).in_(kinds),
            col(Decision.status).in_(OPEN),
        )
        asked = books.session.exec(query.order_by(col(Decision.id))).first()
        if asked is None:
            row = books.get(Filing, ident)
            raise NothingAsked(
                f"{row.reference} is {row.status}, so this is not asked; see vendorops filing "
                f"show {row.reference}"
            )
        answer(books, Answer(asked.reference, verdict, reason, detail))
    sweep(STAGE, opener(f"system:{STAGE}", who[1]), [ident])


def _written(filing: str, as_of: datetime | None) -> None:
    """Lay the files of a return out, if they were promised."""
    with opener(READER, as_of)() as books:
        row = books.named(Filing, filing)
        sheets = select(FilingSheet.sha256).where(col(FilingSheet.filing_id) == row.id)
        query = select(Effect.id).where(
            or_(col(Effect.sha256) == row.file_sha256, col(Effect.sha256).in_(sheets)),
            col(Effect.status) == "pending",
        )
        promised = list(books.session.exec(query))
    sweep("delivery", opener("system:delivery", as_of), promised)


def shown(filing: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Print how far a return is."""
    with opener(READER, as_of)() as books:
        row = told(books, books.named(Filing, filing))
    emit([row], as_json=as_json, title="Return", kind="return")
