"""Show the accounts of a supplier, how it is reached, and what stands behind each account."""

from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, as_option, day_option, json_option, opener
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.paying.accounts.contacts import contacts_of
from vendorops.paying.accounts.cooling import still_cooling
from vendorops.paying.accounts.pausing import paused
from vendorops.paying.accounts.proof import name_checks_of
from vendorops.stages.bank_accounts import party_named
from vendorops.tables import BankAccount, Contact


@click.command(help="Show the accounts and contacts of SUPPLIER, masked.")
@click.argument("supplier")
@as_option
@day_option
@json_option
def show(supplier: str, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Show accounts, contacts, and whether payments wait."""
    with opener(actor or READER, as_of)() as books:
        party = party_named(books, supplier)
        query = select(BankAccount).where(col(BankAccount.party_id) == party.id)
        found = books.session.exec(query.order_by(col(BankAccount.id)))
        accounts = [_account(books, row) for row in found]
        contacts = [_contact(row) for row in contacts_of(books, party.id)]
        waits = paused(books, party.id)
    emit(accounts, as_json=as_json, title="Accounts", kind="account")
    emit(contacts, as_json=as_json, title="Contacts on file", kind="contact")
    if waits:
        emit([{"payments_wait": waits}], as_json=as_json, kind="pause")


def _account(books: Books, row: BankAccount) -> dict[str, Any]:
    cooling = row.status == BankAccountStatus.APPROVED
    waiting = waits_for(books, row)
    return {
        "account": row.reference,
        "number": f"{row.number_masked} {row.currency}",
        "holder": row.holder,
        "status": row.status,
        "people": [who for who in (row.proposed_by, row.verified_by, row.approved_by) if who],
        "name_check": [check.result for check in name_checks_of(books, row)],
        "first_paid_on": row.first_paid_on,
        "waits_for": still_cooling(books, row) if cooling else waiting["waits_for"],
        "decision": waiting["decision"],
    }


def _contact(row: Contact) -> dict[str, Any]:
    return {
        "contact": row.reference,
        "reached_by": row.kind,
        "value": row.value_masked,
        "source": row.source,
        "found_in": row.found_in,
        "entered_by": row.entered_by,
        "since": row.since,
    }
