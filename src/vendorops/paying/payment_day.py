"""Says when money is due and on which day it goes; settlement and payment both ask here."""

from datetime import date, timedelta
from functools import cache

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import contract_facts
from vendorops.domain.periods import Calendar
from vendorops.law import jurisdiction
from vendorops.tables import Contract, Invoice, LegalEntity, Party, ReceivedFile

TOMORROW = timedelta(days=1)


def payment_day(books: Books, entity: LegalEntity, due_on: date) -> date:
    """Return the day on which money that is due on a day goes where the entity sits.

    It is the last day on which banks work before it is late, and never before tomorrow.
    """
    tomorrow = books.as_of + TOMORROW
    place = books.get(Party, entity.party_id).place
    soonest = _calendar(place, tomorrow.year).on_or_after(tomorrow)
    return max(soonest, _calendar(place, due_on.year).on_or_before(due_on))


def due_day(books: Books, contract: Contract, invoices: set[int]) -> date:
    """Return the last day to pay some claims by the term, from the first one's receipt."""
    query = (
        select(func.min(ReceivedFile.received_on))
        .join(Invoice, col(Invoice.received_file_id) == col(ReceivedFile.id))
        .where(col(Invoice.id).in_(invoices))
    )
    received = books.session.exec(query).one()
    return received + timedelta(days=contract_facts(books, contract, received).payment.days)


def working_days_after(place: str, day: date, count: int) -> date:
    """Return the day that comes so many working days after another, where a contract is done."""
    return _calendar(place, day.year).working_days_after(day, count)


@cache
def _calendar(place: str, year: int) -> Calendar:
    return jurisdiction(place).calendar(range(year, year + 2))
