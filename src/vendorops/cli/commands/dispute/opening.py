"""Open a dispute about a finding of a claim, or about what was matched of it."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.claim_lines import line_named
from vendorops.cli.commands.dispute.listing import told
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, WORDS, as_option, books_of, day_option, json_option
from vendorops.domain.disputing import BESIDES
from vendorops.domain.matching import Reason
from vendorops.stages.disputes import Disputed, Evidence, open_dispute
from vendorops.tables import Invoice

REASONS = click.Choice([*(reason.value for reason in Reason), *BESIDES])
evidence_option = click.option(
    "--evidence", type=FILE, multiple=True, help="A file that proves it; may be many."
)


def evidence_of(paths: tuple[Path, ...]) -> list[Evidence]:
    """Return files as messages bring them."""
    return [Evidence(path.read_bytes(), path.suffix.lower()) for path in paths]


@click.command(
    "open",
    help="Dispute INVOICE (INV-…, or INV-…/LINE), in your own name: a finding of its match by"
    " the finding's reason, or what was matched by one of quality, late_delivery, paid_before,"
    " other.",
)
@click.argument("invoice")
@click.option("--reason", type=REASONS, required=True, help="What is wrong.")
@click.option("--text", type=WORDS, required=True, help="What you say to the other side.")
@click.option("--amount", default="", help="Without tax; all that is left of it unless given.")
@click.option("--hold", "holds", is_flag=True, help="Keep the invoice from payment meanwhile.")
@evidence_option
@as_option
@day_option
@json_option
def open_(  # noqa: PLR0913 - one parameter an option.
    *,
    invoice: str,
    reason: str,
    text: str,
    amount: str,
    holds: bool,
    evidence: tuple[Path, ...],
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter the dispute; the other side has the turn."""
    reference, line = line_named(invoice)
    said = Disputed(reason, text, line, amount, evidence_of(evidence), holds=holds)
    with books_of(actor, as_of) as books:
        row = open_dispute(books, books.named(Invoice, reference), said)
        emit([told(books, row)], as_json=as_json, title="Opened")
