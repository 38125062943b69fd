"""List requisitions, and show one with all that came of it."""

from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.cli import sourced
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, one_of, opener
from vendorops.domain.lifecycle import RequisitionStatus
from vendorops.tables import Requisition
from vendorops.working.sourcing.finding import (
    distributions_of,
    interviews_of,
    offers_of,
    submissions_of,
)


@click.command("list", help="List requisitions, of all states or of some.")
@click.option(
    "--status",
    "states",
    multiple=True,
    type=one_of(RequisitionStatus),
    help="May be given several times.",
)
@day_option
@json_option
def listed(states: tuple[str, ...], as_of: datetime | None, *, as_json: bool) -> None:
    """List requisitions by their references."""
    query = select(Requisition).order_by(col(Requisition.reference))
    if states:
        query = query.where(col(Requisition.status).in_(states))
    with opener(READER, as_of)() as books:
        rows = [sourced.requisition(books, row) for row in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Requisitions")


@click.command(help="Show REQUISITION (REQ-…): whom it went to, who was proposed, met, offered.")
@click.argument("requisition")
@day_option
@json_option
def show(requisition: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show one requisition, part by part."""
    with opener(READER, as_of)() as books:
        row = books.named(Requisition, requisition)
        found = submissions_of(books, row)
        met = [each for one in found for each in interviews_of(books, one)]
        offered = [each for one in found for each in offers_of(books, one)]
        parts = [
            ("Requisition", "requisition", [sourced.requisition(books, row)]),
            (
                "Suppliers",
                "distribution",
                [sourced.distribution(books, each) for each in distributions_of(books, row)],
            ),
            ("Candidates", "submission", [sourced.submission(books, each) for each in found]),
            ("Interviews", "interview", [sourced.interview(books, each) for each in met]),
            ("Offers", "offer", [sourced.offer(books, each) for each in offered]),
        ]
    for title, kind, rows in parts:
        emit(rows, as_json=as_json, title=title, kind=kind)
