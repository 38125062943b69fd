"""Answer about a statement in the payee's own name: confirm it, or dispute it."""

from datetime import datetime

import click

from vendorops.books import Answer, answer
from vendorops.cli.commands.statement.showing import told
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
from vendorops.stages import sweep
from vendorops.stages.confirmations import speak_up
from vendorops.tables import Settlement

STAGE = "confirmations"
settlement_argument = click.argument("settlement")


@click.command()
@settlement_argument
@click.option("--reason", type=WORDS, default="It is right.", help="What you say of it.")
@as_option
@day_option
@json_option
def confirm(
    settlement: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Confirm SETTLEMENT (SET-…) as somebody of the payee; it is paid as it stands."""
    _answer(settlement, Answer("", "approve", reason), actor, as_of)
    _show(settlement, as_of, as_json=as_json)


@click.command()
@settlement_argument
@click.option("--reason", type=WORDS, required=True, help="Which line is wrong, and why.")
@as_option
@day_option
@json_option
def dispute(
    settlement: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Dispute SETTLEMENT (SET-…) as somebody of the payee; it waits until finance has decided."""
    _answer(settlement, Answer("", "reject", reason), actor, as_of)
    _show(settlement, as_of, as_json=as_json)


def _answer(reference: str, given: Answer, actor: str | None, as_of: datetime | None) -> None:
    """Have the question asked in the stage's name, and answer it in the person's."""
    with books_of(actor, as_of):
        pass  # Whoever does not say who he is must not have anything asked.
    with opener(f"system:{STAGE}", as_of)() as books:
        row = books.named(Settlement, reference)
        ident, asked = row.id, speak_up(books, row)
    with books_of(actor, as_of) as books:
        answer(books, Answer(asked, given.answer, given.reason))
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])


def _show(reference: str, as_of: datetime | None, *, as_json: bool) -> None:
    with opener(READER, as_of)() as books:
        rows = [told(books, books.named(Settlement, reference))]
    emit(rows, as_json=as_json, title="Statement")
