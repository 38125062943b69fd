"""Our own companies, people, what they may decide, who approves what, and tolerances."""

from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import as_option, day_option, file_argument, json_option, opener
from vendorops.stages.onboarding import load_company
from vendorops.tables import (
    ApprovalRule,
    BankAccount,
    LegalEntity,
    Party,
    Person,
    RoleGrant,
    Tolerance,
)


@click.group(help="Our own companies, people, what they may decide, tolerances.")
def command() -> None:
    """Group the commands."""


@command.command()
@file_argument
@as_option
@day_option
@json_option
def load(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter what FILE (YAML) says of us; what is there already stays as it is."""
    with opener(actor or "system:company", as_of)() as books:
        told = [_told(books, entity) for entity in load_company(books, file.read_bytes())]
        known = {
            "people": _count(books, Person),
            "roles": _count(books, RoleGrant),
            "tolerances": _count(books, Tolerance),
            "approvals": _count(books, ApprovalRule),
        }
    emit(told, as_json=as_json, title="Our companies", kind="legal entity")
    emit([known], as_json=as_json, title="In the books", kind="summary")


def _told(books: Books, entity: LegalEntity) -> dict[str, object]:
    query = select(BankAccount).where(col(BankAccount.party_id) == entity.party_id)
    accounts = books.session.exec(query.order_by(col(BankAccount.reference)))
    return {
        "code": entity.code,
        "name": books.get(Party, entity.party_id).name,
        "currency": entity.currency,
        "accounts": [f"{account.reference} {account.status}" for account in accounts],
    }


def _count(books: Books, table: type[Person | RoleGrant | Tolerance | ApprovalRule]) -> int:
    return int(books.session.exec(select(func.count()).select_from(table)).one())
