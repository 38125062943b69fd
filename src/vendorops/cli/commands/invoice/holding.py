"""Keep an invoice from settlement and payment, and let it go."""

from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.claim_lines import line_named
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    READER,
    WORDS,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.domain.refusal import Refused
from vendorops.paying.holding import Hold, active_holds, in_force, place_hold, release_hold
from vendorops.stages import sweep
from vendorops.tables import Invoice, InvoiceHold, InvoiceLine

STAGE = "holds"


class NotOneHold(Refused):
    """An invoice is not held, or more than once; then the hold is to be named."""


@click.command(help="Keep INVOICE (INV-…, or INV-…/LINE) from settlement and payment.")
@click.argument("invoice")
@click.option("--reason", type=WORDS, required=True, help="Why; whoever releases it reads it.")
@click.option("--until", type=DAY, help="First day on which it is not held any more.")
@as_option
@day_option
@json_option
def hold(  # noqa: PLR0913 - one parameter an option.
    *,
    invoice: str,
    reason: str,
    until: datetime | None,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter the hold; nothing of the invoice is settled or paid until it is released or over."""
    reference, line = line_named(invoice)
    said = Hold(reason, line, until.date() if until else None)
    with books_of(actor, as_of) as books:
        row = place_hold(books, books.named(Invoice, reference), said)
        emit([told(books, row)], as_json=as_json, title="Held")


@click.command(help="Release the hold HOLD (HLD-…), or the only one of an invoice (INV-…).")
@click.argument("hold", metavar="HOLD")
@click.option("--reason", type=WORDS, required=True, help="Why it may be paid again.")
@as_option
@day_option
@json_option
def release(
    hold: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Release it, or put it before whoever must agree where the approval matrix says so."""
    with books_of(actor, as_of) as books:
        row = _named(books, hold)
        ident = row.id
        released = release_hold(books, row, reason)
    if not released:
        sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = books.get(InvoiceHold, ident)
        emit([told(books, row) | waits_for(books, row)], as_json=as_json, title="Released")


@click.command(help="Invoices that are held today: by whom, why, until when.")
@click.option("--all", "everything", is_flag=True, help="Holds that are over, too.")
@day_option
@json_option
def holds(as_of: datetime | None, *, everything: bool, as_json: bool) -> None:
    """Print the holds, the oldest first."""
    with opener(READER, as_of)() as books:
        query = (
            select(InvoiceHold) if everything else select(InvoiceHold).where(in_force(books.as_of))
        )
        rows = books.session.exec(query.order_by(col(InvoiceHold.id))).all()
        emit([told(books, row) for row in rows], as_json=as_json, title="Holds")


def _named(books: Books, reference: str) -> InvoiceHold:
    if reference.startswith("HLD-"):
        return books.named(InvoiceHold, reference)
    found = active_holds(books, books.named(Invoice, reference).id)
    if len(found) == 1:
        return found[0]
    named = ", ".join(row.reference for row in found)
    why = f"is held {len(found)} times; name one of {named}" if found else "is not held"
    raise NotOneHold(f"{reference} {why}")


def told(books: Books, row: InvoiceHold) -> dict[str, object]:
    """Return a hold as people and scripts read it."""
    line = books.get(InvoiceLine, row.invoice_line_id).line if row.invoice_line_id else None
    return {
        "hold": row.reference,
        "invoice": books.get(Invoice, row.invoice_id).reference,
        "line": line,
        "reason": row.reason,
        "held_by": row.held_by,
        "held_on": row.held_on,
        "until": row.until_on,
        "release_asked_by": row.release_asked_by,
        "status": row.status,
    }
