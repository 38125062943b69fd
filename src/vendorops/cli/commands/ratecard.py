"""Rate cards: what a supplier's people may cost; load one, show what holds."""

from datetime import datetime
from pathlib import Path
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
    file_argument,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.domain.measure import price_text
from vendorops.stages import sweep
from vendorops.stages.rate_cards import load as enter
from vendorops.tables import RateCard, Supplier
from vendorops.working.rates import rates_of

STAGE = "rate_cards"


@click.group(help="What a supplier's people may cost. A card is approved by a second person.")
def command() -> None:
    """Group the commands."""


@command.command()
@file_argument
@as_option
@day_option
@json_option
def load(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter the rate card of FILE (YAML): supplier, currency, valid_from and rates."""
    with books_of(actor, as_of) as books:
        ident = enter(books, file.read_bytes()).id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        emit([_told(books, books.get(RateCard, ident))], as_json=as_json, title="Rate card")


@command.command()
@click.argument("supplier")
@day_option
@json_option
def show(supplier: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show the cards of SUPPLIER (SUP-…) and all of their rates."""
    with opener(READER, as_of)() as books:
        of = books.named(Supplier, supplier)
        query = select(RateCard).where(col(RateCard.supplier_id) == of.id)
        cards = list(books.session.exec(query.order_by(col(RateCard.reference))))
        emit(
            [_told(books, card) for card in cards],
            as_json=as_json,
            title="Rate cards",
            kind="card",
        )
        rates = [
            {
                "card": card.reference,
                **{
                    name.removesuffix("_e6"): price_text(value)
                    if name.endswith("_e6")
                    else value or None
                    for name, value in vars(rate).items()
                },
            }
            for card in cards
            for rate in rates_of(books, card).entries
        ]
    emit(rates, as_json=as_json, title="Rates", kind="rate")


def _told(books: Books, card: RateCard) -> dict[str, Any]:
    return {
        "card": card.reference,
        "supplier": books.get(Supplier, card.supplier_id).reference,
        "currency": card.currency,
        "from": card.valid_from,
        "rates": len(rates_of(books, card).entries),
        "status": card.status,
        **waits_for(books, card),
    }
