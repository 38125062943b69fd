"""Hand expenses in, and load what is paid back."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.cli.commands.expense.listing import told
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    books_of,
    day_option,
    file_argument,
    files_argument,
    json_option,
    opener,
)
from vendorops.cli.taking import check_taken, take_each
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.stages.expenses import load_policies
from vendorops.stages.expenses import submit as enter
from vendorops.tables import ExpenseSheet


@click.command()
@files_argument
@as_option
@day_option
@json_option
def submit(
    files: tuple[Path, ...], actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter expenses (YAML or JSON) with their receipts beside them, and put them to a buyer."""

    def take(path: Path) -> dict[str, Any]:
        with books_of(actor, as_of) as books:
            ident = enter(books, path.read_bytes(), path.parent).id
        outcome = sweep("expenses", opener("system:expenses", as_of), [ident])
        refused = outcome.refused[0][1] if outcome.refused else None
        with opener(READER, as_of)() as books:
            sheet = books.get(ExpenseSheet, ident).service_sheet_id
        if sheet:
            sweep("acceptance", opener("system:acceptance", as_of), [sheet])
        with opener(READER, as_of)() as books:
            return told(books, books.get(ExpenseSheet, ident)) | {"refused": refused}

    rows = take_each(files, take)
    emit(rows, as_json=as_json, title="Expenses handed in")
    check_taken(rows)


@click.command()
@file_argument
@as_option
@day_option
@json_option
def policy(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Load the kinds of expense that are paid back, their caps and terms, from FILE."""
    with books_of(actor, as_of) as books:
        rows = [
            {
                "code": row.code,
                "term": row.term,
                "cap": Money(row.cap_minor, row.currency) if row.cap_minor else None,
                "receipt": "yes" if row.receipt else "no",
                "valid_from": row.valid_from,
                "cite": row.cite,
            }
            for row in load_policies(books, file.read_bytes())
        ]
    emit(rows, as_json=as_json, title="Expense policy")
