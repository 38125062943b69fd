"""Offers to candidates: draft, accept, decline, take back, list."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli import sourced
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    FILE,
    READER,
    as_option,
    books_of,
    day_option,
    file_argument,
    json_option,
    one_of,
    opener,
    reason_option,
)
from vendorops.domain.lifecycle import OfferStatus
from vendorops.stages import sweep
from vendorops.tables import Offer
from vendorops.working import sourcing

STAGE = "offers"


@click.group(help="Offers to candidates.")
def command() -> None:
    """Group the commands."""


@command.command(
    help="Draft the offer of FILE (YAML: submission, amount, pay, starts_on, expires_on) and put "
    "it up for approval; it is released once approved."
)
@file_argument
@as_option
@day_option
@json_option
def draft(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter the offer, and say who decides on it."""
    with books_of(actor, as_of) as books:
        ident = sourcing.draft_offer(books, file.read_bytes()).id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        told = sourced.offer(books, books.get(Offer, ident))
    emit([told], as_json=as_json, title="Drafted")


@command.command(help="Take the candidate's acceptance of OFFER (OFR-…), as its supplier.")
@click.argument("offer")
@click.option("--proof", type=FILE, required=True, help="What the candidate signed or wrote.")
@as_option
@day_option
@json_option
def accept(
    offer: str, proof: Path, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Accept it: the candidate becomes a worker of the supplier."""
    with books_of(actor, as_of) as books:
        row = sourcing.accept(books, offer, proof.read_bytes(), proof.suffix.lower())
        told = sourced.offer(books, row)
    emit([told], as_json=as_json, title="Accepted")


def _ending(name: str, act: Callable[[Books, str, str], Offer], what: str) -> click.Command:
    @click.command(name, help=what)
    @click.argument("offer")
    @reason_option
    @as_option
    @day_option
    @json_option
    def command(
        offer: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
    ) -> None:
        with books_of(actor, as_of) as books:
            told = sourced.offer(books, act(books, offer, reason))
        emit([told], as_json=as_json, title="Offer")

    return command


command.add_command(
    _ending("decline", sourcing.decline, "Note that the candidate declines OFFER (OFR-…).")
)
command.add_command(
    _ending(
        "take-back",
        sourcing.take_back,
        "Take OFFER (OFR-…) back before it is answered; the candidate may be offered anew.",
    )
)


@command.command("list", help="List offers, of all states or of some.")
@click.option(
    "--status",
    "states",
    multiple=True,
    type=one_of(OfferStatus),
    help="May be given several times.",
)
@day_option
@json_option
def listed(states: tuple[str, ...], as_of: datetime | None, *, as_json: bool) -> None:
    """List offers by their references."""
    query = select(Offer).order_by(col(Offer.reference))
    if states:
        query = query.where(col(Offer.status).in_(states))
    with opener(READER, as_of)() as books:
        rows = [sourced.offer(books, row) for row in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Offers")
