"""Answer a pro forma for the supplier: object to it, or agree before the days are over."""

from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.books import Answer, Books, answer
from vendorops.books.questions import OPEN
from vendorops.cli.commands.invoice.self_bill.showing import told
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
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.tables import Decision, SelfBilledInvoice

STAGE, KIND = "pro_formas", "pro_forma"

reason_option = click.option(
    "--reason", type=WORDS, required=True, help="What is wrong, or why it is right."
)
reference_argument = click.argument("reference")


class NotAsked(Refused):
    """Nobody asks the supplier about this one."""


@click.command("object")
@reference_argument
@reason_option
@as_option
@day_option
@json_option
def object_(
    reference: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Object to the pro forma REFERENCE (SBI-…) in the supplier's name; a buyer is asked."""
    _answer(reference, Answer("", "reject", reason), actor, as_of)
    _show(reference, as_of, as_json=as_json)


@click.command()
@reference_argument
@reason_option
@as_option
@day_option
@json_option
def align(
    reference: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Agree to the pro forma REFERENCE (SBI-…) in the supplier's name; it is issued at once."""
    _answer(reference, Answer("", "approve", reason), actor, as_of)
    _show(reference, as_of, as_json=as_json)


def _answer(reference: str, given: Answer, actor: str | None, as_of: datetime | None) -> None:
    with books_of(actor, as_of) as books:
        row = books.named(SelfBilledInvoice, reference)
        ident, asked = row.id, _asked(books, row)
        answer(books, Answer(asked, given.answer, given.reason))
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])


def _show(reference: str, as_of: datetime | None, *, as_json: bool) -> None:
    with opener(READER, as_of)() as books:
        rows = [told(books, books.named(SelfBilledInvoice, reference))]
    emit(rows, as_json=as_json, title="Self-billed invoice")


def _asked(books: Books, row: SelfBilledInvoice) -> str:
    query = select(Decision.reference).where(
        col(Decision.subject_table) == SelfBilledInvoice.__name__.lower(),
        col(Decision.subject_id) == row.id,
        col(Decision.kind) == KIND,
        col(Decision.status).in_(OPEN),
    )
    asked = books.session.exec(query).first()
    if asked is None:
        raise NotAsked(
            f"{row.reference} is {row.status} and does not wait for the supplier; what was issued"
            " is corrected at its source, which makes a credit note"
        )
    return asked
