"""Enter who accepted an offer, who started, and who comes instead of somebody that left."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from vendorops.books import Books
from vendorops.cli.commands.placement.showing import told
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    NAME,
    READER,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
    reason_option,
)
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.tables import Contract, Placement, Worker
from vendorops.tables.placements import FEE_TERMS
from vendorops.working.placing import Hire, cancel, place, place_instead, report_start

STAGE = "guarantees"
placement_argument = click.argument("placement")
name_option = click.option("--name", type=NAME, required=True, help="Of the person.")
title_option = click.option("--title", default="", help="The position, in words.")
starts_option = click.option("--starts-on", type=DAY, required=True, help="Agreed first day.")


@click.command(help="Enter an offer under CONTRACT (CON-…) that a person accepted.")
@click.argument("contract")
@name_option
@starts_option
@click.option("--pay", default="0", help="First year's pay that the offer states: 360000.00.")
@click.option(
    "--fee",
    type=click.Choice(FEE_TERMS),
    default=FEE_TERMS[0],
    show_default=True,
    help="Term of the contract that prices it.",
)
@title_option
@click.option("--worker", help="WKR-…, where the person is entered as one.")
@click.option("--offer", help="Reference of the offer; the same offer is placed once.")
@as_option
@day_option
@json_option
def accept(contract: str, **given: Any) -> None:  # noqa: ANN401 - click's own options.
    """Enter one placement."""

    def enter(books: Books) -> Placement:
        under = books.named(Contract, contract)
        pay = Money.parse(given["pay"], under.currency)
        worker = books.named(Worker, given["worker"]).id if given["worker"] else None
        return place(books, under, _hire(given | {"worker_id": worker}, pay, given["fee"]))

    _report(given, enter)


@click.command(help="Report that the person of PLACEMENT (PLC-…) started work.")
@placement_argument
@click.option("--on", "started", type=DAY, required=True, help="First day of work.")
@as_option
@day_option
@json_option
def start(placement: str, started: datetime, **given: Any) -> None:  # noqa: ANN401 - as above.
    """Report a start: the fee is earned and the guarantee runs."""

    def enter(books: Books) -> Placement:
        row = books.named(Placement, placement)
        report_start(books, row, started.date())
        return row

    _report(given, enter)


@click.command(help="Enter who accepted to replace the person of PLACEMENT, free of charge.")
@placement_argument
@name_option
@starts_option
@title_option
@as_option
@day_option
@json_option
def replace(placement: str, **given: Any) -> None:  # noqa: ANN401 - as above.
    """Enter a replacement; its start is reported like any other."""

    def enter(books: Books) -> Placement:
        gone = books.named(Placement, placement)
        return place_instead(books, gone, _hire(given, Money(0, gone.currency), gone.fee_term))

    _report(given, enter)


@click.command(help="Report that the person of PLACEMENT accepted and will not start.")
@placement_argument
@reason_option
@as_option
@day_option
@json_option
def withdraw(placement: str, reason: str, **given: Any) -> None:  # noqa: ANN401 - as above.
    """Cancel a placement before its start."""

    def enter(books: Books) -> Placement:
        row = books.named(Placement, placement)
        cancel(books, row, reason)
        return row

    _report(given, enter)


def _hire(given: dict[str, Any], pay: Money, fee: str) -> Hire:
    day = given["starts_on"].date()
    worker, offer = given.get("worker_id"), given.get("offer")
    return Hire(given["name"], pay, day, fee, given["title"], worker, offer)


def _report(given: dict[str, Any], enter: Callable[[Books], Placement]) -> None:
    """Enter something in a person's name, let the guarantee follow, and show the placement."""
    as_of = given["as_of"]
    with books_of(given["actor"], as_of) as books:
        ident = enter(books).id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = told(books, books.get(Placement, ident))
        emit([row], as_json=given["as_json"], title="Placement")
