"""What the columns of a bank's tables mean: saved and listed."""

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
    books_of,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.paying.bank_layouts import layout_in
from vendorops.stages.bank_statements.mapping import save_mapping
from vendorops.tables import BankTableLayout


@click.group(help="What the columns of a bank's tables (CSV) mean.")
def mapping() -> None:
    """Group the commands."""


@mapping.command()
@file_argument
@as_option
@day_option
@json_option
def save(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Save the mapping in FILE (YAML); a file refused for want of it is then taken again."""
    with books_of(actor, as_of) as books:
        told = _told(books, save_mapping(books, file.read_bytes()))
    emit([told], as_json=as_json, title="Mapping")


@mapping.command("list")
@day_option
@json_option
def list_(as_of: datetime | None, *, as_json: bool) -> None:
    """List saved mappings, the newest last; of one account and layout the newest holds."""
    with opener(READER, as_of)() as books:
        query = select(BankTableLayout).order_by(col(BankTableLayout.id))
        rows = [_told(books, row) for row in books.session.exec(query).all()]
    emit(rows, as_json=as_json, title="Mappings")


def _told(books: Books, row: BankTableLayout) -> dict[str, Any]:
    layout = layout_in(books, row)
    return {
        "mapping": row.reference,
        "account": layout.account,
        "columns": [f"{heading}={means}" for heading, means in layout.columns],
        "decimal": layout.decimal or None,
        "date_order": layout.date_order or None,
        "from": row.valid_from,
        "saved_by": row.saved_by,
    }
