"""Propose that we write a supplier's invoices, and end what was agreed."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    READER,
    as_option,
    books_of,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.stages import sweep
from vendorops.tables import Contract, SelfBillingAgreement, Supplier
from vendorops.working.self_billing import end_agreement, propose

STAGE = "self_billing"


@click.command()
@file_argument
@as_option
@day_option
@json_option
def agree(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Propose the agreement of FILE (YAML) and put it to the supplier."""
    with books_of(actor, as_of) as books:
        ident = propose(books, file.read_bytes()).id
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        rows = [agreement_told(books, books.get(SelfBillingAgreement, ident))]
    emit(rows, as_json=as_json, title="Self-billing agreement")


@click.command()
@click.argument("agreement")
@click.option(
    "--from",
    "first",
    type=DAY,
    required=True,
    help="First day whose work the supplier bills itself.",
)
@as_option
@day_option
@json_option
def end(
    agreement: str,
    first: datetime,
    actor: str | None,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """End AGREEMENT (SBA-…) before its time."""
    with books_of(actor, as_of) as books:
        row = books.named(SelfBillingAgreement, agreement)
        end_agreement(books, row, first.date())
        rows = [agreement_told(books, row)]
    emit(rows, as_json=as_json, title="Self-billing agreement")


def agreement_told(books: Books, row: SelfBillingAgreement) -> dict[str, Any]:
    """Return an agreement as people and scripts read it."""
    contract = books.get(Contract, row.contract_id)
    return {
        "agreement": row.reference,
        "supplier": books.get(Supplier, contract.supplier_id).reference,
        "contract": contract.reference,
        "writes": row.writes,
        "series": row.series,
        "grouping": row.grouping,
        "schedule": row.schedule,
        "tax_treatment": row.tax_treatment or None,
        "format": row.format,
        "objection_days": row.objection_days,
        "silence_agrees": "yes" if row.silence_agrees else "no",
        "from": row.starts_on,
        "before": row.ends_on,
        "agreed_by": row.agreed_by,
        "agreed_on": row.agreed_on,
        "status": row.status,
        **waits_for(books, row),
    }
