"""Report what was delivered of a line, or take a report back."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.commands.sow.telling import told_delivery
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    FILE,
    FROM_ONE,
    READER,
    WORDS,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.domain.measure import quantity_e4
from vendorops.stages import sweep
from vendorops.stages.deliveries import Delivered, Evidence, withdraw_delivery
from vendorops.stages.deliveries import deliver as enter
from vendorops.tables import Delivery, WorkOrder

STAGES = ("deliveries", "acceptance")


@click.command(
    help="Report what was delivered of a line of SOW. An event goes before a buyer at once, units"
    " and hours when their month is over."
)
@click.argument("sow")
@click.option("--line", "number", type=FROM_ONE, required=True, help="Number of the line.")
@click.option("--quantity", default="1", help="How much of it; 1 unless given.")
@click.option("--on", "day", type=DAY, required=True, help="Day on which it was delivered.")
@click.option("--evidence", type=FILE, multiple=True, help="A file that proves it; may be many.")
@click.option("--description", default="", help="What exactly, for whoever accepts it.")
@click.option("--rework-of", default="", help="The delivery whose rejected quantity it is.")
@as_option
@day_option
@json_option
def deliver(  # noqa: PLR0913 - one parameter an option.
    *,
    sow: str,
    number: int,
    quantity: str,
    day: datetime,
    evidence: tuple[Path, ...],
    description: str,
    rework_of: str,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter the delivery, and put it before a buyer where it goes at once."""
    said = Delivered(
        number=number,
        delivered_on=day.date(),
        evidence=[Evidence(path.read_bytes(), path.suffix.lower()) for path in evidence],
        quantity_e4=quantity_e4(quantity),
        description=description,
        rework_of=rework_of,
    )
    with books_of(actor, as_of) as books:
        ident = enter(books, books.named(WorkOrder, sow), said).id
    for stage in STAGES:
        own = [ident] if stage == STAGES[0] else None
        sweep(stage, opener(f"system:{stage}", as_of), own)
    with opener(READER, as_of)() as books:
        emit([told_delivery(books, ident)], as_json=as_json, title="Delivered")


@click.command(help="Take back DELIVERY, which is on no sheet yet; only who reported it may.")
@click.argument("delivery")
@click.option("--reason", type=WORDS, required=True, help="Why.")
@as_option
@day_option
@json_option
def withdraw(
    delivery: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Move the delivery out of the way."""
    with books_of(actor, as_of) as books:
        row = books.named(Delivery, delivery)
        withdraw_delivery(books, row, reason)
        emit([told_delivery(books, row.id)], as_json=as_json, title="Withdrawn")
