"""Work that suppliers report."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    day_option,
    files_argument,
    json_option,
    opener,
)
from vendorops.cli.taking import check_taken, take_each
from vendorops.cli.waiting import waits_for
from vendorops.domain.measure import extended
from vendorops.domain.money import total
from vendorops.stages import sweep
from vendorops.stages.acceptance import submit as enter
from vendorops.tables import Contract, ServiceSheet, WorkItem

STAGE = "acceptance"


@click.group(help="Work that suppliers report.")
def command() -> None:
    """Group the commands."""


@command.command()
@files_argument
@as_option
@day_option
@json_option
def submit(
    files: tuple[Path, ...], actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter service sheets (YAML or JSON) and put them before a buyer, each by itself."""

    def take(path: Path) -> dict[str, Any]:
        with opener(actor or f"system:{STAGE}", as_of)() as books:
            sheet = enter(books, path.read_bytes())
        outcome = sweep(STAGE, opener(f"system:{STAGE}", as_of), [sheet.id])
        with opener(READER, as_of)() as books:
            refusal = outcome.refused[0][1] if outcome.refused else None
            return _told(books, sheet.id) | {"refused": refusal}

    rows = take_each(files, take)
    emit(rows, as_json=as_json, title="Work submitted")
    check_taken(rows)


def _told(books: Books, ident: int) -> dict[str, Any]:
    sheet = books.get(ServiceSheet, ident)
    contract = books.get(Contract, sheet.contract_id)
    query = select(WorkItem).where(col(WorkItem.service_sheet_id) == ident)
    items = books.session.exec(query.order_by(col(WorkItem.line))).all()
    amounts = [extended(item.quantity_e4, item.price_e6, item.currency) for item in items]
    return {
        "sheet": sheet.reference,
        "contract": contract.reference,
        "month": sheet.month,
        "amount": total(amounts, contract.currency),
        "status": sheet.status,
        **waits_for(books, sheet),
        "work": [item.reference for item in items],
    }
