"""Tells whether an approved account has cooled off: hours by the clock, and working days."""

from datetime import date

from vendorops.books import Books
from vendorops.books.moments import day_of
from vendorops.domain.bank_policy import POLICY
from vendorops.domain.periods import DAY
from vendorops.law import jurisdiction
from vendorops.tables import BankAccount, Party


def still_cooling(books: Books, account: BankAccount) -> str:
    """Return until when an account is not to be used; empty once both periods are over.

    The hours end by the clock alone, whatever business day was given; the days end on the
    earlier of the two. A clock that was set back makes both longer.
    """
    if account.approved_at is None or account.approved_on is None:
        return f"E_BANK_NOT_APPROVED: {account.reference} was not approved"
    policy = POLICY.on(account.approved_on)
    ready_at = account.approved_at + policy.cooling
    ready_on = _working_days_after(books, account, account.approved_on, policy.cooling_days)
    moment = books.moment
    if moment >= ready_at and min(books.as_of, day_of(books, moment)) >= ready_on:
        return ""
    until = max(ready_on, day_of(books, ready_at))
    return f"E_BANK_COOLING: {account.reference} cools off until {until}; nobody can shorten it"


def _working_days_after(books: Books, account: BankAccount, day: date, count: int) -> date:
    place = books.get(Party, account.party_id).place
    calendar = jurisdiction(place).calendar(range(day.year, day.year + 2))
    for _ in range(count):
        day = calendar.on_or_after(day + DAY)
    return day
