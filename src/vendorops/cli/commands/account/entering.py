"""Propose an account, enter a contact, revoke an account: each in the name of a person."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import (
    WORDS,
    as_option,
    books_of,
    day_option,
    file_argument,
    json_option,
)
from vendorops.stages.bank_accounts import propose_account, record_contact, revoke_account
from vendorops.tables import BankAccount


@click.command(help="Propose the account in FILE (YAML) for SUPPLIER; its payments wait from now.")
@click.argument("supplier")
@file_argument
@as_option
@day_option
@json_option
def propose(
    supplier: str, file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Propose another account; signers of the supplier and buyers may."""
    with books_of(actor, as_of) as books:
        told = _told(propose_account(books, supplier, file.read_bytes()))
    emit([told], as_json=as_json, title="Account")


@click.command(help="Enter how SUPPLIER is reached, from FILE (YAML): kind, value, source.")
@click.argument("supplier")
@file_argument
@as_option
@day_option
@json_option
def contact(
    supplier: str, file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter a phone number or address; it proves an account once it has been on file for long."""
    with books_of(actor, as_of) as books:
        row = record_contact(books, supplier, file.read_bytes())
        told = {
            "contact": row.reference,
            "kind": row.kind,
            "value": row.value_masked,
            "source": row.source,
            "since": row.since,
        }
    emit([told], as_json=as_json, title="Contact")


@click.command(help="Revoke ACCOUNT (ACC-…): end its way into use, or take it out of use.")
@click.argument("account")
@click.option(
    "--reason", type=WORDS, required=True, help="Kept in the history; no personal data, please."
)
@as_option
@day_option
@json_option
def revoke(
    account: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Revoke an account; what was paid to it stays paid."""
    with books_of(actor, as_of) as books:
        told = _told(revoke_account(books, account, reason))
    emit([told], as_json=as_json, title="Account")


def _told(row: BankAccount) -> dict[str, object]:
    return {
        "account": row.reference,
        "number": row.number_masked,
        "holder": row.holder,
        "proposed_by": row.proposed_by,
        "status": row.status,
    }
