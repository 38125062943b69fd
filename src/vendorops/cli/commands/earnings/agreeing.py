"""Propose pay plans, for somebody else to agree to."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.proposing import agree_terms, proposed
from vendorops.cli.session import (
    READER,
    as_option,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.domain.earnings import KIND
from vendorops.domain.lifecycle import AgreedTermStatus
from vendorops.tables import AgreedTerm, Contract
from vendorops.working.adjusting import pay_terms_of
from vendorops.working.earning import propose_plans


@click.command()
@file_argument
@as_option
@day_option
@json_option
def agree(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Propose the pay plans of FILE (YAML): a contract and its plans, each with its first day."""
    rows = proposed(file, (actor, as_of), propose_plans, told)
    emit(rows, as_json=as_json, title="Pay plans", kind="plan")


def told(books: Books, row: AgreedTerm) -> dict[str, Any]:
    """Return a pay plan as people and scripts read it."""
    said = pay_terms_of(row).shown()
    waits = waits_for(books, row)
    return {
        "plan": row.reference,
        "contract": books.get(Contract, row.contract_id).reference,
        "from": row.valid_from,
        "terms": "; ".join(f"{name} {_words(value)}" for name, value in said.items()),
        "status": row.status,
        **{name: waits[name] for name in ("waits_for", "decision", "due")},
    }


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def take_answers(contract: str, as_of: datetime | None) -> None:
    """Let what was answered about the plans of a contract take effect."""
    with opener(READER, as_of)() as books:
        query = select(AgreedTerm.id).where(
            col(AgreedTerm.contract_id) == books.named(Contract, contract).id,
            col(AgreedTerm.kind) == KIND,
            col(AgreedTerm.status) == AgreedTermStatus.DRAFT.value,
        )
        idents = list(books.session.exec(query.order_by(col(AgreedTerm.id))))
    agree_terms(idents, as_of)
