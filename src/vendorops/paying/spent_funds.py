"""Asks the books what of clients' money was paid out before only confirmed funds counted."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.client_funds import spent_before
from vendorops.domain.lifecycle import PaymentBatchStatus
from vendorops.domain.money import Money
from vendorops.paying.paying_again import UNPAID
from vendorops.tables import (
    BankEntry,
    Event,
    Funding,
    FundingPolicy,
    LegalEntity,
    PartReturn,
    Payment,
    PaymentBatch,
)

CONFIRMED = "confirmed"


def policies(books: Books, entity_id: int) -> list[FundingPolicy]:
    """Return what a company pays from, oldest first."""
    query = select(FundingPolicy).where(col(FundingPolicy.legal_entity_id) == entity_id)
    return list(books.session.exec(query.order_by(col(FundingPolicy.valid_from))))


def spent_funds(books: Books, entity: LegalEntity, currency: str) -> Money:
    """Return what of clients' money nobody took off, although it was paid out."""
    rows = [(row.valid_from, row.payouts == CONFIRMED) for row in policies(books, entity.id)]
    if not any(confirmed for day, confirmed in rows if day <= books.as_of):
        return Money(0, currency)
    came, went = _came(books, entity.id, currency), _went(books, entity.id, currency)
    return Money(spent_before(rows, came, went, books.as_of), currency)


def last_release(books: Books, entity_id: int) -> date | None:
    """Return the last day on which a company let a batch go; None where it never did."""
    query = (
        select(func.max(Event.business_day))
        .select_from(PaymentBatch)
        .join(Event, col(Event.subject_id) == col(PaymentBatch.id))
        .where(col(PaymentBatch.legal_entity_id) == entity_id, *_released())
    )
    return books.session.exec(query).one()


def _released() -> tuple[ColumnElement[bool], ...]:
    return (
        col(Event.subject_table) == "paymentbatch",
        col(Event.after) == PaymentBatchStatus.RELEASED.value,
    )


def _came(books: Books, entity_id: int, currency: str) -> dict[date, int]:
    """Return what clients paid in, less what they were paid back, by the bank's day."""
    query = (
        select(Funding, BankEntry)
        .join(BankEntry, col(BankEntry.id) == col(Funding.bank_entry_id))
        .where(col(Funding.legal_entity_id) == entity_id, col(Funding.currency) == currency)
    )
    found: defaultdict[date, int] = defaultdict(int)
    for row, line in books.session.exec(query):
        sign = 1 if row.direction == "in" else -1
        found[line.booked_on or row.confirmed_on] += sign * row.amount_minor
    return found


def _went(books: Books, entity_id: int, currency: str) -> dict[date, int]:
    """Return what was paid out and did not come back, by the day of release."""
    day = col(Event.business_day)
    query = (
        select(day, func.sum(Payment.amount_minor))
        .select_from(PaymentBatch)
        .join(Event, col(Event.subject_id) == col(PaymentBatch.id))
        .join(Payment, col(Payment.batch_id) == col(PaymentBatch.id))
        .where(
            col(PaymentBatch.legal_entity_id) == entity_id,
            col(PaymentBatch.currency) == currency,
            col(Payment.status).not_in(UNPAID),
            *_released(),
        )
        .group_by(day)
    )
    went = {released: int(minor) for released, minor in books.session.exec(query)}
    for released, minor in _came_back_in_parts(books, entity_id, currency):
        went[released] -= minor
    return went


def _came_back_in_parts(books: Books, entity_id: int, currency: str) -> Sequence[tuple[date, int]]:
    """Return what came back of payments in parts, by the day on which the payment was released."""
    query = (
        select(col(Event.business_day), col(PartReturn.amount_minor))
        .select_from(PaymentBatch)
        .join(Event, col(Event.subject_id) == col(PaymentBatch.id))
        .join(Payment, col(Payment.batch_id) == col(PaymentBatch.id))
        .join(PartReturn, col(PartReturn.payment_id) == col(Payment.id))
        .where(
            col(PaymentBatch.legal_entity_id) == entity_id,
            col(PaymentBatch.currency) == currency,
            *_released(),
        )
    )
    return books.session.exec(query).all()
