"""Posts many transfers at once, as `post` does with a few: in an open month, above every floor."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from vendorops.books import log
from vendorops.books.blocks import fill_rows
from vendorops.books.ledger import FloorBroken, post
from vendorops.books.unit import Books
from vendorops.tables import LedgerAccount, Transfer


@dataclass(frozen=True)
class Columns:
    """Transfers by column: keys of accounts, minor units above zero, and keys used once."""

    debit: Sequence[int]
    credit: Sequence[int]
    minor: Sequence[int]
    keys: Sequence[str]


def post_columns(books: Books, event: log.Happened, currency: str, columns: Columns) -> None:
    """Book transfers of one currency as consequences of an event.

    Raises MonthClosed, and FloorBroken where an account they are on would fall below its floor.
    """
    post(books, event)  # Nothing yet, but refused where the month is closed.
    first = books.keys(len(columns.keys))
    fill_rows(
        books,
        Transfer,
        {
            "id": [*range(first, first + len(columns.keys))],
            "debit_id": list(columns.debit),
            "credit_id": list(columns.credit),
            "currency": currency,
            "amount_minor": list(columns.minor),
            "business_day": books.as_of,
            "event_id": event.id,
            "key": list(columns.keys),
            "reverses_id": None,
        },
    )
    _refuse_below_floor(books, event)


def _refuse_below_floor(books: Books, event: log.Happened) -> None:
    """Refuse what an event took off liabilities that have a floor, where it was too much."""
    taken = select(col(Transfer.debit_id)).where(col(Transfer.event_id) == event.id)
    sums = [
        select(func.coalesce(func.sum(col(Transfer.amount_minor)), 0))
        .where(side == col(LedgerAccount.id))
        .correlate(LedgerAccount)
        .scalar_subquery()
        for side in (col(Transfer.credit_id), col(Transfer.debit_id))
    ]
    query = select(col(LedgerAccount.code)).where(
        col(LedgerAccount.id).in_(taken),
        col(LedgerAccount.kind) == "liability",
        sums[0] - sums[1] < col(LedgerAccount.floor_minor),
    )
    code = books.session.connection().execute(query.limit(1)).scalar_one_or_none()
    if code:
        raise FloorBroken(f"account {code} would stand below its floor; check what was paid")
