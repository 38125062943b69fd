"""Answer a dispute, propose what becomes of it, or take it back."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.commands.dispute.listing import told
from vendorops.cli.commands.dispute.opening import evidence_of, evidence_option
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
from vendorops.cli.waiting import waits_for
from vendorops.domain.disputing import PROGRAM
from vendorops.stages import sweep
from vendorops.stages.disputes import Outcome, propose_outcome, say, withdraw_dispute
from vendorops.stages.disputes.agreeing import MEMO, NONE, NOTE
from vendorops.tables import Dispute

STAGE = "disputes"
dispute_argument = click.argument("dispute")


@click.command(help="Say something in DISPUTE (DSP-…); the turn passes to the other side.")
@dispute_argument
@click.option("--text", type=WORDS, required=True, help="What you say.")
@click.option("--to-program", is_flag=True, help="Give the turn to the office of the program.")
@evidence_option
@as_option
@day_option
@json_option
def answer(  # noqa: PLR0913 - one parameter an option.
    *,
    dispute: str,
    text: str,
    to_program: bool,
    evidence: tuple[Path, ...],
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter a message in the name of whoever says it."""
    with books_of(actor, as_of) as books:
        row = books.named(Dispute, dispute)
        say(books, row, text, evidence_of(evidence), PROGRAM if to_program else "")
        emit([told(books, row)], as_json=as_json, title="Answered")


@click.command(
    help="Propose what becomes of DISPUTE: what the supplier does not get is credited, the rest is"
    " paid as claimed. Another person decides it."
)
@dispute_argument
@click.option("--credit", default="", help="Without tax; all of it unless given, 0 for nothing.")
@click.option(
    "--by",
    type=click.Choice([NOTE, MEMO, NONE]),
    help="How the credit comes: the supplier's note, our memo, or none for what was never paid.",
)
@click.option("--reason", type=WORDS, required=True, help="Why; whoever decides reads it.")
@as_option
@day_option
@json_option
def agree(  # noqa: PLR0913 - one parameter an option.
    *,
    dispute: str,
    credit: str,
    by: str | None,
    reason: str,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter the outcome and put it before whoever decides."""
    with books_of(actor, as_of) as books:
        row = books.named(Dispute, dispute)
        ident = row.id
        propose_outcome(books, row, Outcome(reason, credit, by or ""))
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = books.get(Dispute, ident)
        emit([told(books, row) | waits_for(books, row)], as_json=as_json, title="Proposed")


@click.command(help="Take DISPUTE back; only the side that opened it may.")
@dispute_argument
@click.option("--text", type=WORDS, required=True, help="Why.")
@as_option
@day_option
@json_option
def withdraw(
    dispute: str, text: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """End the dispute; what is paid stays as it was."""
    with books_of(actor, as_of) as books:
        row = books.named(Dispute, dispute)
        withdraw_dispute(books, row, text)
        emit([told(books, row)], as_json=as_json, title="Withdrawn")
