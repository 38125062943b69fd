"""Confirm a line of the bank as money that a client paid in, or was paid back."""

from datetime import datetime

import click

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import WORDS, as_option, books_of, day_option, json_option
from vendorops.domain.money import Money
from vendorops.paying import funding
from vendorops.tables import BankEntry, Funding, LegalEntity


@click.command()
@click.argument("line")
@click.option("--reason", type=WORDS, required=True, help="Whose money it is, and what for.")
@as_option
@day_option
@json_option
def confirm(
    line: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Confirm LINE (BKE-…) of a statement as a client's money: a credit comes in, a debit out."""
    with books_of(actor, as_of) as books:
        row = funding.confirm(books, books.named(BankEntry, line), reason)
        told = fact(books, row)
    emit([told], as_json=as_json, title="Confirmed")


def fact(books: Books, row: Funding) -> dict[str, object]:
    """Return a funding as people and scripts read it."""
    return {
        "funding": row.reference,
        "company": books.get(LegalEntity, row.legal_entity_id).code,
        "line": books.get(BankEntry, row.bank_entry_id).reference,
        "direction": row.direction,
        "amount": Money(row.amount_minor, row.currency),
        "confirmed_by": row.confirmed_by,
        "confirmed_on": row.confirmed_on,
        "because": row.reason,
    }
