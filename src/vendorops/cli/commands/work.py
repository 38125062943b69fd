"""Work that suppliers report."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.rows import mode_option, result_option
from vendorops.cli.session import (
    READER,
    WhoAreYou,
    as_option,
    day_option,
    file_argument,
    files_argument,
    json_option,
    opener,
)
from vendorops.cli.taking import check_taken, take_each
from vendorops.cli.waiting import waits_for
from vendorops.documents.workbooks import check_ending, write_rows
from vendorops.domain.measure import extended
from vendorops.domain.money import total
from vendorops.domain.refusal import Refused
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.stages import sweep
from vendorops.stages.acceptance import bulk
from vendorops.stages.acceptance import submit as enter
from vendorops.tables import Contract, ServiceSheet, WorkItem

STAGE = "acceptance"


class RowsRefused(Refused):
    """Some acceptances were not in order."""


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


@command.command()
@file_argument
@mode_option("Answer every sheet or none, or those that are in order.")
@result_option("Write what became of each row to this .xlsx, .csv or .json.")
@as_option
@day_option
@json_option
def accept(file: Path, **given: Any) -> None:  # noqa: ANN401 - click's own.
    """Accept the work listed in FILE (CSV or XLSX): columns work, accepted, reason."""
    if not given["actor"]:
        raise WhoAreYou("say who you are with --as HANDLE or VENDOROPS_ACTOR")
    if given["result"]:
        check_ending(given["result"])
    said = bulk.rows_of(read_sheets(file.read_bytes(), bulk.COLUMNS))
    results = bulk.accept_many(opener(given["actor"], given["as_of"]), said, given["mode"])
    sweep(STAGE, opener(f"system:{STAGE}", given["as_of"]))
    rows = [asdict(result) for result in results]
    if given["result"]:
        texts = [{name: str(value) for name, value in row.items()} for row in rows]
        write_rows(given["result"], "results", texts)
    emit(rows, as_json=given["as_json"], title="Acceptances")
    wrong = [row for row in rows if row["outcome"] == "refused"]
    if wrong:
        raise RowsRefused(f"{len(wrong)} of {len(rows)} rows were refused; each says why")


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
