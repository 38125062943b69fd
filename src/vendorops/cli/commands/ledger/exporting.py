"""Write the ledger up to a day as a Beancount file or as a workbook."""

from datetime import datetime
from pathlib import Path

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE_TO_WRITE, READER, day_option, json_option, opener
from vendorops.documents.ledger_export import beancount_ledger, journal, ledger_workbook
from vendorops.domain.refusal import Refused
from vendorops.tables import LegalEntity


class EmptyLedger(Refused):
    """There is nothing to export."""


@click.command()
@click.argument("file", type=FILE_TO_WRITE)
@click.option(
    "--to", "form", type=click.Choice(["beancount", "xlsx"]), required=True, help="As what."
)
@day_option
@json_option
def export(file: Path, form: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Write the ledger up to a day to FILE, with the balances of each month's end."""
    with opener(READER, as_of)() as books:
        ledger, title = journal(books), _title(books)
    if not ledger.postings:
        raise EmptyLedger(f"nothing was booked up to {ledger.until}; nothing is written")
    if form == "beancount":
        data = beancount_ledger(ledger, title).encode()
    else:
        data = ledger_workbook(ledger, title)
    file.write_bytes(data)
    told = {
        "file": str(file),
        "until": ledger.until,
        "accounts": len(ledger.accounts),
        "transfers": len(ledger.postings),
        "balances": len(ledger.standings),
        "bytes": len(data),
    }
    emit([told], as_json=as_json, title="Ledger")


def _title(books: Books) -> str:
    codes = books.session.exec(select(LegalEntity.code).order_by(col(LegalEntity.code)))
    return f"Ledger of {', '.join(codes)} up to {books.as_of}"
