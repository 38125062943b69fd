"""What will be claimed and paid: claims that no settlement holds, accepted work nobody claimed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, partial

from sqlalchemy import select
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.cash import Expected, Expense
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.measure import extended
from vendorops.domain.money import Money
from vendorops.domain.periods import DAY, Period
from vendorops.forecasting.agreed import days_to_pay
from vendorops.paying.open_claims import settled_already
from vendorops.paying.payment_day import payment_day
from vendorops.tables import Contract, Invoice, LegalEntity, ReceivedFile, WorkItem
from vendorops.working.self_billing.unbilled import is_unbilled

OVER = (InvoiceStatus.REJECTED, InvoiceStatus.PAID, InvoiceStatus.PART_PAID)


def open_claims(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Return each claim that is neither settled nor over, as it was claimed, by its term."""
    query = (
        select(
            col(Invoice.reference),
            col(Invoice.gross_minor),
            col(Invoice.currency),
            col(ReceivedFile.received_on),
            col(Contract.id),
            col(Contract.facts_sha256),
        )
        .join(Contract, col(Contract.id) == col(Invoice.contract_id))
        .join(ReceivedFile, col(ReceivedFile.id) == col(Invoice.received_file_id))
        .where(
            col(Contract.legal_entity_id) == entity.id,
            col(Invoice.status).not_in(OVER),
            ~settled_already(),
        )
        .order_by(col(Invoice.id))
    )
    days, goes_on = days_to_pay(books, entity), cache(partial(payment_day, books, entity))
    for reference, minor, currency, received, contract, facts in books.session.execute(query):
        due = received + timedelta(days=days(contract, facts, received))
        amount = Money(minor, currency)
        yield Expected(goes_on(due), Expense.CLAIMED, amount, reference, entity.code)


def accepted_work(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Return what work comes to that was accepted and nobody claimed, a sum for each contract.

    It is expected to be claimed at the end of the month and paid by the term from then on.
    """
    query = (
        select(
            col(Contract.id),
            col(Contract.facts_sha256),
            col(Contract.reference),
            col(WorkItem.accepted_e4) - col(WorkItem.claimed_e4),
            col(WorkItem.price_e6),
            col(WorkItem.currency),
        )
        .join(Contract, col(Contract.id) == col(WorkItem.contract_id))
        .where(col(Contract.legal_entity_id) == entity.id, is_unbilled())
        .order_by(col(WorkItem.id))
    )
    days, goes_on = days_to_pay(books, entity), cache(partial(payment_day, books, entity))
    last = Period.month_of(books.as_of).end - DAY
    sums: defaultdict[tuple[str, date, str], int] = defaultdict(int)
    for contract, facts, reference, left, price, currency in books.session.execute(query):
        due = last + timedelta(days=days(contract, facts, books.as_of))
        sums[reference, goes_on(due), currency] += extended(left, price, currency).minor
    for (reference, day, currency), minor in sums.items():
        yield Expected(day, Expense.ACCEPTED, Money(minor, currency), reference, entity.code)
