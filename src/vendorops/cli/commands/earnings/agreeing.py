"""Propose pay plans, for somebody else to agree to."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    books_of,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.domain.measure import price_text
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.tables import AgreedTerm, Contract
from vendorops.working.earning import propose_plans, terms_of

AGREEING = "adjustments"
"""The stage that has every term agreed which no price says."""


@click.command()
@file_argument
@as_option
@day_option
@json_option
def agree(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Propose the pay plans of FILE (YAML): a contract and its plans, each with its first day."""
    with books_of(actor, as_of) as books:
        idents = [row.id for row in propose_plans(books, file.read_bytes())]
    sweep(AGREEING, opener(f"system:{AGREEING}", as_of), idents)
    with opener(READER, as_of)() as books:
        rows = [told(books, books.get(AgreedTerm, ident)) for ident in idents]
    emit(rows, as_json=as_json, title="Pay plans", kind="plan")


def told(books: Books, row: AgreedTerm) -> dict[str, Any]:
    """Return a pay plan as people and scripts read it."""
    contract, terms = books.get(Contract, row.contract_id), terms_of(row)
    parts = [f"{part.to or 'self'} {price_text(part.share_e6)}" for part in terms.parts]
    return {
        "plan": row.reference,
        "contract": contract.reference,
        "method": terms.method,
        "pay_plan": terms.plan,
        "from": row.valid_from,
        "base": Money(terms.base_minor, terms.currency) if terms.base_minor else None,
        "parts": parts if len(parts) > 1 else None,
        "cite": row.cite,
        "status": row.status,
        "looked_at_until": row.closed_through or None,
        **waits_for(books, row),
    }
