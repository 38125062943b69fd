"""Double-entry transfers: each an amount above zero, hung on the event that caused it."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from vendorops.books import log
from vendorops.books.unit import Books
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import ClosedMonth, LedgerAccount, Transfer

# Written once: making a statement takes longer than running it, and every posting asks them.
_ACCOUNT = select(LedgerAccount).where(
    col(LedgerAccount.code) == bindparam("code"),
    col(LedgerAccount.currency) == bindparam("currency"),
)
_MOVED = func.coalesce(func.sum(Transfer.amount_minor), 0)
_DEBIT = select(_MOVED).where(col(Transfer.debit_id) == bindparam("account"))
_CREDIT = select(_MOVED).where(col(Transfer.credit_id) == bindparam("account"))
_CLOSED = select(ClosedMonth.id).where(col(ClosedMonth.month) == bindparam("month"))


class MonthClosed(Refused):
    """Nothing is booked any more in that month."""


class FloorBroken(Refused):
    """An account would fall below the lowest balance it may have."""


@dataclass(frozen=True)
class AccountName:
    """An account as stages name it; it is opened when first used."""

    code: str
    """Such as `payable/SUP-2026-000001`, `expense/staffing`, `bank-clearing/ACME`."""
    kind: str
    """asset, liability or expense."""
    party_id: int | None = None
    floor_minor: int | None = None


@dataclass(frozen=True)
class Entry:
    """One transfer to be posted: debit one account, credit another."""

    debit: AccountName
    credit: AccountName
    amount: Money
    key: str
    """Used once for ever; the second use is refused by the database."""


def post(books: Books, event: log.Happened, *entries: Entry) -> list[Transfer]:
    """Book transfers as consequences of an event; entries of nothing are left out."""
    _refuse_closed(books)
    posted = [_transfer(books, event, entry) for entry in entries if entry.amount]
    books.session.flush()
    for entry in entries:
        for name in (entry.debit, entry.credit):
            _refuse_below_floor(books, account(books, name, entry.amount.currency))
    return posted


def reverse(books: Books, event: log.Happened, key: str, by: str) -> Transfer:
    """Book the mirror image of a transfer as a consequence of an event, under a key of its own.

    The database refuses the second reversal of a transfer.
    """
    _refuse_closed(books)
    of = books.session.exec(select(Transfer).where(col(Transfer.key) == key)).one()
    mirrored = Transfer(
        id=books.key(),
        debit_id=of.credit_id,
        credit_id=of.debit_id,
        currency=of.currency,
        amount_minor=of.amount_minor,
        business_day=books.as_of,
        event_id=event.id,
        key=by,
        reverses_id=of.id,
    )
    books.enter(mirrored)
    books.session.flush()
    for ident in (of.credit_id, of.debit_id):
        _refuse_below_floor(books, books.get(LedgerAccount, ident))
    return mirrored


def _transfer(books: Books, event: log.Happened, entry: Entry) -> Transfer:
    currency = entry.amount.currency
    return books.enter(
        Transfer(
            id=books.key(),
            debit_id=account(books, entry.debit, currency).id,
            credit_id=account(books, entry.credit, currency).id,
            currency=currency,
            amount_minor=entry.amount.minor,
            business_day=books.as_of,
            event_id=event.id,
            key=entry.key,
        )
    )


def account(books: Books, name: AccountName, currency: str) -> LedgerAccount:
    """Return the account of that name and currency, opening it if need be."""
    asked = {"code": name.code, "currency": currency}
    found = books.session.exec(_ACCOUNT, params=asked).one_or_none()
    return found or books.enter(LedgerAccount(id=books.key(), currency=currency, **vars(name)))


def balance(books: Books, of: LedgerAccount) -> Money:
    """Return what stands on an account, in its own sense: credit less debit for liabilities."""
    asked = {"account": of.id}
    debit, credit = (books.session.exec(moved, params=asked).one() for moved in (_DEBIT, _CREDIT))
    difference = int(debit) - int(credit)
    return Money(-difference if of.kind == "liability" else difference, of.currency)


def _refuse_closed(books: Books) -> None:
    month = f"{books.as_of:%Y-%m}"
    if books.session.exec(_CLOSED, params={"month": month}).first():
        raise MonthClosed(f"{month} is closed; book on a day of an open month")


def _refuse_below_floor(books: Books, of: LedgerAccount) -> None:
    if of.floor_minor is not None and balance(books, of).minor < of.floor_minor:
        raise FloorBroken(f"account {of.code} would stand below its floor; check what was paid")
