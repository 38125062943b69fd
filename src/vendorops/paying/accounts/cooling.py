"""Tells whether an approved account has cooled off: hours by the clock, and working days."""

from datetime import date, datetime

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.moments import day_of
from vendorops.domain.bank_policy import POLICY
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.domain.periods import DAY
from vendorops.law import jurisdiction
from vendorops.tables import BankAccount, Event, Party


def still_cooling(books: Books, account: BankAccount) -> str:
    """Return until when an account is not to be used; empty once both periods are over.

    The hours end by the clock alone, whatever business day was given; the days end on the
    earlier of the two. A clock that was set back makes both longer.
    """
    if account.approved_at is None or account.approved_on is None:
        return f"E_BANK_NOT_APPROVED: {account.reference} was not approved"
    policy = POLICY.on(account.approved_on)
    since, day = _begun(books, account, account.approved_at, account.approved_on)
    ready_at = since + policy.cooling
    ready_on = _working_days_after(books, account, day, policy.cooling_days)
    moment = books.moment
    if moment >= ready_at and min(books.as_of, day_of(books, moment)) >= ready_on:
        return ""
    until = max(ready_on, day_of(books, ready_at))
    return f"E_BANK_COOLING: {account.reference} cools off until {until}; nobody can shorten it"


def _begun(books: Books, account: BankAccount, at: datetime, day: date) -> tuple[datetime, date]:
    """Return when an account was approved: the later of what its row and the history say.

    Where time is played, only the days of the history tell.
    """
    query = select(Event).where(
        col(Event.subject_table) == "bankaccount",
        col(Event.subject_id) == account.id,
        col(Event.after) == BankAccountStatus.APPROVED.value,
    )
    told = books.session.exec(query).first()
    if told is None:
        return max(at, books.moment), max(day, books.as_of)
    return at if books.settings.simulated else max(at, told.at), max(day, told.business_day)


def _working_days_after(books: Books, account: BankAccount, day: date, count: int) -> date:
    place = books.get(Party, account.party_id).place
    calendar = jurisdiction(place).calendar(range(day.year, day.year + 2))
    for _ in range(count):
        day = calendar.on_or_after(day + DAY)
    return day
