"""List disputes, and show one with all that was said."""

from datetime import datetime
from typing import Any

import click
from sqlalchemy import Row
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import FROM_NOUGHT, FROM_ONE, READER, day_option, json_option, opener
from vendorops.cli.waiting import days_late, waits_for
from vendorops.domain.disputing import SIDES
from vendorops.domain.lifecycle import DisputeStatus
from vendorops.domain.money import Money
from vendorops.stages.disputes.agreeing import outcome_told
from vendorops.stages.disputes.listing import Wanted, page
from vendorops.stages.disputes.turns import days_of, messages_of
from vendorops.tables import (
    CreditMemo,
    Dispute,
    DisputeCredit,
    DisputeEvidence,
    DisputeMessage,
    Invoice,
    InvoiceLine,
    Supplier,
)


@click.command("list", help="Disputes underway: whose turn each is, and how late.")
@click.option("--supplier", default="", help="Only of this supplier, such as SUP-2026-000001.")
@click.option("--invoice", default="", help="Only about this claim, such as INV-2026-000001.")
@click.option("--clock", "clock_owner", type=click.Choice(SIDES), help="Only whose turn it is.")
@click.option("--late", is_flag=True, help="Only those whose day has passed.")
@click.option("--ended", is_flag=True, help="Those that are over, too.")
@click.option("--limit", default=100, type=FROM_ONE, help="So many at once.")
@click.option("--skip", "offset", default=0, type=FROM_NOUGHT, help="After so many.")
@day_option
@json_option
def listed(**given: Any) -> None:  # noqa: ANN401 - click's own.
    """Print one page of disputes."""
    as_of, as_json = given.pop("as_of"), given.pop("as_json")
    given["clock_owner"] = given["clock_owner"] or ""
    with opener(READER, as_of)() as books:
        if given["supplier"]:
            books.named(Supplier, given["supplier"])
        if given["invoice"]:
            books.named(Invoice, given["invoice"])
        rows = [_listed(books, row) for row in page(books, Wanted(**given))]
    emit(rows, as_json=as_json, title="Disputes")


@click.command(help="Show DISPUTE (DSP-…): what was said, by whom, and what came of it.")
@click.argument("dispute")
@day_option
@json_option
def show(dispute: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Print one dispute with its messages and credits."""
    with opener(READER, as_of)() as books:
        row = books.named(Dispute, dispute)
        said = [_message(books, each) for each in messages_of(books, row)]
        credited = _credits(books, row)
        emit(
            [told(books, row) | waits_for(books, row)],
            as_json=as_json,
            title="Dispute",
            kind="dispute",
        )
        emit(said, as_json=as_json, title="Said", kind="message")
        if credited:
            emit(credited, as_json=as_json, title="Credited", kind="credit")


def told(books: Books, row: Dispute) -> dict[str, object]:
    """Return a dispute as people and scripts read it."""
    line = books.get(InvoiceLine, row.invoice_line_id).line if row.invoice_line_id else None
    return {
        "dispute": row.reference,
        "invoice": books.get(Invoice, row.invoice_id).reference,
        "line": line,
        "reason": row.reason,
        "amount": Money(row.amount_minor, row.currency),
        "opened_by": row.opened_by,
        "side": row.opened_side,
        "clock_owner": row.clock_owner,
        "since": row.clock_since,
        "answer_by": row.due_on,
        **{f"{side}_days": days for side, days in days_of(books, row).items()},
        "outcome": outcome_told(row) if row.outcome_by else None,
        "status": row.status,
    }


def _listed(books: Books, row: Row[Any]) -> dict[str, object]:
    over = row.status in (DisputeStatus.CLOSED, DisputeStatus.WITHDRAWN, DisputeStatus.LAPSED)
    return {
        "dispute": row.dispute,
        "invoice": row.invoice,
        "line": row.line,
        "supplier": row.supplier,
        "reason": row.reason,
        "amount": Money(row.amount_minor, row.currency),
        "status": row.status,
        "clock_owner": row.clock_owner,
        "since": row.clock_since,
        "answer_by": row.due_on,
        "days_late": None if over else days_late(row.due_on, books.as_of),
    }


def _message(books: Books, row: DisputeMessage) -> dict[str, object]:
    files = select(DisputeEvidence.sha256).where(col(DisputeEvidence.dispute_message_id) == row.id)
    return {
        "number": row.number,
        "on": row.written_on,
        "side": row.side,
        "by": row.written_by,
        "text": row.words,
        "evidence": list(books.session.exec(files.order_by(col(DisputeEvidence.id)))),
        "turn_of": row.clock_owner,
        "until": row.due_on,
    }


def _credits(books: Books, row: Dispute) -> list[dict[str, object]]:
    query = select(DisputeCredit).where(col(DisputeCredit.dispute_id) == row.id)
    return [
        {
            "document": books.get(Invoice, each.invoice_id).reference
            if each.invoice_id
            else books.get(CreditMemo, each.credit_memo_id or 0).reference,
            "on": each.credited_on,
            "amount": Money(each.amount_minor, row.currency),
            "of_it_not_taken_off": Money(each.offset_minor, row.currency),
        }
        for each in books.session.exec(query.order_by(col(DisputeCredit.id)))
    ]
