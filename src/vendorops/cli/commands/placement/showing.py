"""List placements, and show one with its fee, its guarantee and what was given back."""

from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, one_of, opener
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import PlacementStatus
from vendorops.domain.money import Money
from vendorops.tables import Contract, Placement, WorkItem
from vendorops.working.placing import fee_of, memo_of


@click.command("list", help="List placements, of all states or of some.")
@click.option(
    "--status",
    "states",
    multiple=True,
    type=one_of(PlacementStatus),
    help="May be given several times.",
)
@click.option("--contract", help="Only those under CON-…")
@day_option
@json_option
def listed(
    states: tuple[str, ...], contract: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """List placements by their references."""
    query = select(Placement).order_by(col(Placement.reference))
    if states:
        query = query.where(col(Placement.status).in_(states))
    with opener(READER, as_of)() as books:
        if contract:
            under = books.named(Contract, contract).id
            query = query.where(col(Placement.contract_id) == under)
        rows = [told(books, row) for row in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Placements")


@click.command(help="Show PLACEMENT (PLC-…) with its fee, and what was given back of it.")
@click.argument("placement")
@day_option
@json_option
def show(placement: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show one placement, part by part."""
    with opener(READER, as_of)() as books:
        row = books.named(Placement, placement)
        parts = {
            "placement": [told(books, row)],
            "fee": [_fee(books, row)],
            "leaving": [_leaving(row)] if row.left_on else [],
            "credit memo": _memo(books, row),
        }
    for kind, rows in parts.items():
        emit(rows, as_json=as_json, title=kind.capitalize(), kind=kind)


def told(books: Books, row: Placement) -> dict[str, Any]:
    """Return a placement as people and scripts read it."""
    replaces = books.get(Placement, row.replaces_id).reference if row.replaces_id else None
    return {
        "placement": row.reference,
        "contract": books.get(Contract, row.contract_id).reference,
        "worker": row.worker_name,
        "title": row.title or None,
        "pay": Money(row.base_salary_minor, row.currency),
        "starts_on": row.starts_on,
        "started_on": row.started_on,
        "guarantee_until": row.guarantee_until,
        "left_on": row.left_on,
        "replaces": replaces,
        "replacement_due": row.replacement_due_on,
        "status": row.status,
    }


def _fee(books: Books, row: Placement) -> dict[str, Any]:
    fee = fee_of(books, row)
    work = books.get(WorkItem, row.work_item_id).reference if row.work_item_id else None
    return {
        "term": row.fee_term,
        "work": work,
        "amount": fee.amount,
        "accepted": fee.decided,
        "claimed": fee.claimed,
        "due_on": fee.paid.due_on,
        "paid_on": fee.paid.paid_on,
    }


def _leaving(row: Placement) -> dict[str, Any]:
    return {
        "left_on": row.left_on,
        "reason": row.left_because,
        "reported_by": row.left_reported_by,
        "noticed_on": row.noticed_on,
        "claims": row.claims,
        "evidence_sha256": row.evidence_sha256,
    }


def _memo(books: Books, row: Placement) -> list[dict[str, Any]]:
    memo = memo_of(books, row)
    if memo is None:
        return []
    return [
        {
            "memo": memo.reference,
            "net": Money(memo.net_minor, memo.currency),
            "taken_off": Money(memo.applied_minor, memo.currency),
            "why": memo.sentence,
            "status": memo.status,
            **waits_for(books, memo),
        }
    ]
