"""Volume tiers, rebates, program fees: propose terms that no price says, list their lines."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.proposing import proposed
from vendorops.cli.session import (
    READER,
    as_option,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.domain.money import Money
from vendorops.stages.adjustments import propose
from vendorops.tables import AdjustmentLine, AgreedTerm, Contract, CreditMemo
from vendorops.working.adjusting import shown_facts


@click.group(help="Volume tiers, rebates, program fees. Terms are agreed by a second person.")
def command() -> None:
    """Group the commands."""


@command.command()
@file_argument
@as_option
@day_option
@json_option
def load(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Propose the terms of FILE (YAML): a contract and its terms, each with its first day."""
    rows = proposed(file, (actor, as_of), propose, _term)
    emit(rows, as_json=as_json, title="Agreed terms", kind="term")


@command.command(name="list")
@click.option("--contract", help="Only those of CON-…")
@day_option
@json_option
def listed(contract: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """List terms and the lines that follow from them."""
    with opener(READER, as_of)() as books:
        query = select(AgreedTerm).order_by(col(AgreedTerm.id))
        if contract:
            query = query.where(col(AgreedTerm.contract_id) == books.named(Contract, contract).id)
        terms = list(books.session.exec(query))
        emit([_term(books, row) for row in terms], as_json=as_json, title="Terms", kind="term")
        lines = [line for row in terms for line in _lines(books, row)]
    emit(lines, as_json=as_json, title="Lines", kind="line")


def _term(books: Books, row: AgreedTerm) -> dict[str, Any]:
    contract = books.get(Contract, row.contract_id)
    shown = shown_facts(row, contract.currency)
    return {
        "term": row.reference,
        "contract": contract.reference,
        **{("what" if name == "kind" else name): value for name, value in shown.items()},
        "status": row.status,
        "closed_through": row.closed_through or None,
        **waits_for(books, row),
    }


def _lines(books: Books, row: AgreedTerm) -> list[dict[str, Any]]:
    currency = books.get(Contract, row.contract_id).currency
    query = (
        select(AdjustmentLine, CreditMemo)
        .join(CreditMemo, col(CreditMemo.source_id) == col(AdjustmentLine.id))
        .where(
            col(CreditMemo.source_table) == AdjustmentLine.__name__.lower(),
            col(AdjustmentLine.agreed_term_id) == row.id,
        )
        .order_by(col(AdjustmentLine.id))
    )
    return [
        {
            "line": line.reference,
            "term": row.reference,
            "month": line.month,
            "reason": line.reason,
            "amount": Money(line.net_minor, currency).text,
            "currency": currency,
            "memo": memo.reference,
            "status": memo.status,
        }
        for line, memo in books.session.exec(query)
    ]
