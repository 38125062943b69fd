"""Keeps the files of banks, and explains what is in them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    WhoAreYou,
    as_option,
    day_option,
    files_argument,
    json_option,
    opener,
)
from vendorops.cli.taking import check_taken, take_each
from vendorops.domain.refusal import Refused
from vendorops.paying.accounts.rights import FINANCE, holds
from vendorops.stages import sweep
from vendorops.stages.bank_statements import receive
from vendorops.tables import BankAccount, BankEntry, BankFile, BankStatement

STAGE = "bank_statements"


class NotFinance(Refused):
    """Somebody hands in what a bank is said to have sent who does not deal with banks."""


@click.command()
@files_argument
@click.option("--account", help="Of which account a table is (ACC-…), where several have it.")
@as_option
@day_option
@json_option
def take(
    files: tuple[Path, ...],
    account: str | None,
    actor: str | None,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Keep statements and answers of banks, and find out what became of each payment.

    The same file again, or the same statement in another file, changes nothing. A table (CSV)
    is read by the mapping saved for its headings.
    """
    if not actor:
        raise WhoAreYou("say who you are with --as HANDLE or VENDOROPS_ACTOR")
    who = actor

    def taken(path: Path) -> dict[str, Any]:
        with opener(who, as_of)() as books:
            if not holds(books, FINANCE):
                raise NotFinance(f"{who} does not hold the role finance; who does hands it in")
            of = books.named(BankAccount, account).id if account else None
            ident = receive(books, path.read_bytes(), path.name, of).id
        outcome = sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
        with opener(READER, as_of)() as books:
            refused = outcome.refused[0][1] if outcome.refused else None
            return {"refused": refused, **_row(books, books.get(BankFile, ident))}

    rows = take_each(files, taken)
    emit(rows, as_json=as_json, title="Taken")
    check_taken(rows)


def _row(books: Books, file: BankFile) -> dict[str, Any]:
    of_it = col(BankStatement.bank_file_id) == file.id
    query = select(BankEntry.status).join(
        BankStatement, col(BankStatement.id) == col(BankEntry.bank_statement_id)
    )
    states = list(books.session.exec(query.where(of_it)))
    statements = select(BankStatement.reference).where(of_it).order_by(col(BankStatement.id))
    return {
        "received": file.reference,
        "status": file.status,
        "statements": list(books.session.exec(statements)),
        "lines": len(states),
        "matched": states.count("matched"),
        "open": states.count("open"),
    }
