"""Tell suppliers what became of their invoices."""

import json
from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.books import Books, Opener
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.stages.delivery import laid_out_name
from vendorops.tables import Effect, Invoice, InvoiceResponse

STAGE, DELIVERY = "invoice_responses", "delivery"


class NotAnswered(Refused):
    """Some invoices could not be answered."""


@click.command(
    help="Write the Peppol Invoice Response for INVOICE (INV-…) in its state of today, or with"
    " --all for every invoice whose state has changed; the files lie in the outgoing folder."
)
@click.argument("invoice", required=False, default="")
@click.option("--all", "everything", is_flag=True, help="Every invoice that waits for one.")
@day_option
@json_option
def response(invoice: str, as_of: datetime | None, *, everything: bool, as_json: bool) -> None:
    """Write what is to be told, and show it."""
    if bool(invoice) == everything:
        raise click.UsageError("name one invoice, such as INV-2026-000001, or give --all")
    with opener(READER, as_of)() as books:
        chosen = None if everything else [books.named(Invoice, invoice).id]
        before = _newest(books)
    outcome = sweep(STAGE, opener(f"system:{STAGE}", as_of), chosen)
    sweep(DELIVERY, opener(f"system:{DELIVERY}", as_of))
    emit(_told(opener(READER, as_of), chosen, before), as_json=as_json, title="Answered")
    if outcome.refused:
        raise NotAnswered("; ".join(f"{name}: {why}" for name, why in outcome.refused))


def _newest(books: Books) -> int:
    query = select(InvoiceResponse.id).order_by(col(InvoiceResponse.id).desc())
    return books.session.exec(query).first() or 0


def _told(opened: Opener, chosen: list[int] | None, before: int) -> list[dict[str, object]]:
    """Return the newest answer to one invoice, or all that were written now."""
    query = select(InvoiceResponse).order_by(col(InvoiceResponse.id).desc())
    if chosen:
        query = query.where(col(InvoiceResponse.invoice_id).in_(chosen)).limit(1)
    else:
        query = query.where(col(InvoiceResponse.id) > before)
    with opened() as books:
        return [_row(books, row) for row in reversed(books.session.exec(query).all())]


def _row(books: Books, row: InvoiceResponse) -> dict[str, object]:
    effect = select(Effect).where(col(Effect.sha256) == row.file_sha256)
    said = json.loads(row.content)
    return {
        "response": row.reference,
        "invoice": said["invoice"],
        "number": said["document"],
        "code": row.code,
        "since": said["effective_on"],
        "clarifications": [f"{code} {text}".rstrip() for _, code, text in said["clarifications"]],
        "file": laid_out_name(books.session.exec(effect).one()),
        "sha256": row.file_sha256,
    }
