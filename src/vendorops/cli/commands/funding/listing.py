"""List what clients paid in, and show what of it may still be paid out."""

from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.commands.funding.confirming import fact
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.paying.funding import funds, must_be_funded
from vendorops.tables import Funding, LedgerAccount, LegalEntity


@click.command("list")
@day_option
@json_option
def list_(as_of: datetime | None, *, as_json: bool) -> None:
    """List every line of the bank that was a client's money."""
    with opener(READER, as_of)() as books:
        found = books.session.exec(select(Funding).order_by(col(Funding.id)))
        rows = [fact(books, row) for row in found]
    emit(rows, as_json=as_json, title="Fundings")


@click.command()
@day_option
@json_option
def show(as_of: datetime | None, *, as_json: bool) -> None:
    """Show by company and currency what is confirmed, and what approved batches need of it."""
    with opener(READER, as_of)() as books:
        rows = [
            _told(books, entity, currency)
            for entity in books.session.exec(select(LegalEntity).order_by(col(LegalEntity.code)))
            for currency in _currencies(books, entity)
        ]
    emit(rows, as_json=as_json, title="Confirmed funds")


def _currencies(books: Books, entity: LegalEntity) -> list[str]:
    query = select(LedgerAccount.currency).where(
        col(LedgerAccount.code) == f"client-funding/{entity.code}"
    )
    return sorted({entity.currency, *books.session.exec(query)})


def _told(books: Books, entity: LegalEntity, currency: str) -> dict[str, object]:
    there = funds(books, entity, currency)
    left = there.confirmed - there.approved
    return {
        "company": entity.code,
        "confirmed": there.confirmed,
        "spent_before": there.spent or None,
        "approved": there.approved,
        "left": left,
        "missing": -left if left.minor < 0 else None,
        "pays_only_from_them": "yes" if must_be_funded(books, entity.id) else "no",
    }
