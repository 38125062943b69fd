"""What the ledger holds up to a day: accounts, transfers with their source, month-end balances.

Balances are asked of the database and not added up from the transfers, so that whoever checks
the one against the other finds a transfer that is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import SQLModel, col, select

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.domain.periods import DAY, Period
from vendorops.domain.refusal import Refused
from vendorops.tables import Event, LedgerAccount, Transfer


class TooMany(Refused):
    """More transfers than the file can hold."""


@dataclass(frozen=True)
class Posting:
    """One transfer, and what it was booked for."""

    day: date
    debit: LedgerAccount
    credit: LedgerAccount
    amount: Money
    key: str
    document: str
    """Reference of the settlement, payment or other row whose event it hangs on."""
    because: str
    event: int
    """Position in the history."""
    reverses: str
    """Key of the transfer that it takes back; empty where it takes back none."""


@dataclass(frozen=True)
class Standing:
    """What stood on an account once a day was over: debits less credits, whatever its kind."""

    day: date
    account: LedgerAccount
    debited: Money

    @property
    def balance(self) -> Money:
        """The same in the account's own sense: what is owed, of a liability."""
        return -self.debited if self.account.kind == "liability" else self.debited


@dataclass(frozen=True)
class Journal:
    """The ledger up to a day."""

    until: date
    """Last day that is told."""
    accounts: tuple[LedgerAccount, ...]
    """Those that something was booked on, by code and currency."""
    postings: tuple[Posting, ...]
    """In the order of days, and of booking."""
    standings: tuple[Standing, ...]
    """At the end of each month, and of the last day."""


def journal(books: Books) -> Journal:
    """Return the ledger up to the day of the books."""
    rows = _transfers(books)
    accounts = {row.id: row for row in books.session.exec(select(LedgerAccount))}
    used = {row.debit_id for row in rows} | {row.credit_id for row in rows}
    ordered = sorted((accounts[ident] for ident in used), key=lambda row: (row.code, row.currency))
    return Journal(
        until=books.as_of,
        accounts=tuple(ordered),
        postings=tuple(_postings(books, rows, accounts)),
        standings=tuple(_standings(books, rows, ordered)),
    )


def balances_on(books: Books, day: date) -> list[Standing]:
    """Return what stood on every account once a day was over."""
    query = select(LedgerAccount).order_by(col(LedgerAccount.code), col(LedgerAccount.currency))
    debited = _sums(books, day)
    return [
        Standing(day, row, Money(debited.get(row.id, 0), row.currency))
        for row in books.session.exec(query)
    ]


def _transfers(books: Books) -> list[Transfer]:
    query = select(Transfer).where(col(Transfer.business_day) <= books.as_of)
    return list(books.session.exec(query.order_by(col(Transfer.business_day), col(Transfer.id))))


def _postings(
    books: Books, rows: list[Transfer], accounts: dict[int, LedgerAccount]
) -> Iterator[Posting]:
    booked = select(Transfer.event_id)
    events = {
        row.id: row for row in books.session.exec(select(Event).where(col(Event.id).in_(booked)))
    }
    names = _documents(books, {event.subject_table for event in events.values()})
    keys = {row.id: row.key for row in rows}
    for row in rows:
        event = events[row.event_id]
        yield Posting(
            day=row.business_day,
            debit=accounts[row.debit_id],
            credit=accounts[row.credit_id],
            amount=Money(row.amount_minor, row.currency),
            key=row.key,
            document=names.get((event.subject_table, event.subject_id), ""),
            because=event.reason,
            event=event.seq,
            reverses=keys.get(row.reverses_id or 0, ""),
        )


def _documents(books: Books, tables: set[str]) -> dict[tuple[str, int], str]:
    """Return the references of the rows whose events something was booked for."""
    found: dict[tuple[str, int], str] = {}
    for name in sorted(tables):
        table = SQLModel.metadata.tables[name]
        if "reference" not in table.c:
            continue
        booked = (
            select(Event.subject_id)
            .join(Transfer, col(Transfer.event_id) == col(Event.id))
            .where(col(Event.subject_table) == name)
        )
        told = books.session.execute(
            select(table.c.id, table.c.reference).where(table.c.id.in_(booked))
        )
        found |= {(name, int(ident)): str(reference) for ident, reference in told}
    return found


def _standings(
    books: Books, rows: list[Transfer], accounts: list[LedgerAccount]
) -> Iterator[Standing]:
    """Return what stood on each account that was used before, at the end of each month."""
    first: dict[int, date] = {}
    for row in rows:
        first.setdefault(row.debit_id, row.business_day)
        first.setdefault(row.credit_id, row.business_day)
    for day in _month_ends(rows[0].business_day, books.as_of) if rows else ():
        debited = _sums(books, day)
        for account in accounts:
            if first[account.id] <= day:
                minor = debited.get(account.id, 0)
                yield Standing(day, account, Money(minor, account.currency))


def _month_ends(first: date, last: date) -> Iterator[date]:
    """Return the last day of each month, and the last day of all.

    >>> [str(day) for day in _month_ends(date(2026, 10, 5), date(2026, 12, 1))]
    ['2026-10-31', '2026-11-30', '2026-12-01']
    """
    day = Period.month_of(first).end - DAY
    while day < last:
        yield day
        day = Period.month_of(day + DAY).end - DAY
    yield last


def _sums(books: Books, until: date) -> dict[int, int]:
    """Return debits less credits of each account up to a day, by the database's own sums."""
    found: dict[int, int] = {}
    for side, sign in ((Transfer.debit_id, 1), (Transfer.credit_id, -1)):
        query = (
            select(side, func.sum(Transfer.amount_minor))
            .where(col(Transfer.business_day) <= until)
            .group_by(col(side))
        )
        for ident, minor in books.session.exec(query):
            found[ident] = found.get(ident, 0) + sign * int(minor)
    return found
