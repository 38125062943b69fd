"""What will be claimed and paid: claims that no settlement holds, accepted work nobody claimed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import contract_facts
from vendorops.domain.cash import Expected, Expense
from vendorops.domain.lifecycle import InvoiceStatus, SettlementStatus
from vendorops.domain.measure import extended
from vendorops.domain.money import Money
from vendorops.domain.periods import DAY, Period
from vendorops.paying.payment_day import due_day, payment_day
from vendorops.tables import (
    Contract,
    Invoice,
    InvoiceLine,
    LegalEntity,
    Settlement,
    SettlementLine,
    WorkItem,
)
from vendorops.working.self_billing.unbilled import is_unbilled

OVER = (InvoiceStatus.REJECTED, InvoiceStatus.PAID, InvoiceStatus.PART_PAID)


def open_claims(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Return each claim that is neither settled nor over, as it was claimed, by its term."""
    settled = (
        select(SettlementLine.id)
        .join(Settlement, col(Settlement.id) == col(SettlementLine.settlement_id))
        .join(InvoiceLine, col(InvoiceLine.id) == col(SettlementLine.invoice_line_id))
        .where(
            col(InvoiceLine.invoice_id) == col(Invoice.id),
            col(Settlement.status) != SettlementStatus.REJECTED,
        )
    )
    query = (
        select(Invoice, Contract)
        .join(Contract, col(Contract.id) == col(Invoice.contract_id))
        .where(
            col(Contract.legal_entity_id) == entity.id,
            col(Invoice.status).not_in(OVER),
            ~exists(settled),
        )
        .order_by(col(Invoice.id))
    )
    for invoice, contract in books.session.exec(query):
        due = due_day(books, contract, {invoice.id})
        yield Expected(
            day=payment_day(books, entity, due),
            expense=Expense.CLAIMED,
            amount=Money(invoice.gross_minor, invoice.currency),
            reference=invoice.reference,
            company=entity.code,
        )


def accepted_work(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Return what work comes to that was accepted and nobody claimed, a sum for each contract.

    It is expected to be claimed at the end of the month and paid by the term from then on.
    """
    query = (
        select(WorkItem, Contract)
        .join(Contract, col(Contract.id) == col(WorkItem.contract_id))
        .where(col(Contract.legal_entity_id) == entity.id, is_unbilled())
        .order_by(col(WorkItem.id))
    )
    sums: defaultdict[tuple[str, date, str], int] = defaultdict(int)
    for work, contract in books.session.exec(query):
        day = payment_day(books, entity, _claimed_and_due(books, contract))
        left = work.accepted_e4 - work.claimed_e4
        amount = extended(left, work.price_e6, work.currency)
        sums[contract.reference, day, work.currency] += amount.minor
    for (reference, day, currency), minor in sums.items():
        yield Expected(day, Expense.ACCEPTED, Money(minor, currency), reference, entity.code)


def _claimed_and_due(books: Books, contract: Contract) -> date:
    last = Period.month_of(books.as_of).end - DAY
    days = contract_facts(books, contract, books.as_of).payment.days
    return last + timedelta(days=days)
