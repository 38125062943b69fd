"""What is expected of claims and of work, asked of each row alone: the rule, without any speed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import col, select

from tests import make
from vendorops.books import Books
from vendorops.documents import contract_facts
from vendorops.domain.cash import CashDay, Expected, Expense
from vendorops.domain.measure import extended
from vendorops.domain.money import Money, total
from vendorops.domain.periods import DAY, Period
from vendorops.forecasting.claims import OVER
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


def claims(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Yield each claim that is neither over nor settled, on the day its contract says."""
    for invoice in make.rows_of(books, Invoice):
        contract = books.get(Contract, invoice.contract_id)
        ours = contract.legal_entity_id == entity.id
        if ours and invoice.status not in OVER and not _settled(books, invoice):
            due = due_day(books, contract, {invoice.id})
            amount = Money(invoice.gross_minor, invoice.currency)
            day = payment_day(books, entity, due)
            yield Expected(day, Expense.CLAIMED, amount, invoice.reference, entity.code)


def _settled(books: Books, invoice: Invoice) -> bool:
    query = (
        select(Settlement.status)
        .join(SettlementLine, col(SettlementLine.settlement_id) == col(Settlement.id))
        .join(InvoiceLine, col(InvoiceLine.id) == col(SettlementLine.invoice_line_id))
        .where(col(InvoiceLine.invoice_id) == invoice.id)
    )
    return any(status != "rejected" for status in books.session.exec(query))


def work(books: Books, entity: LegalEntity) -> Iterator[Expected]:
    """Yield what unclaimed work comes to, a sum for each contract."""
    sums: defaultdict[tuple[str, date, str], list[Money]] = defaultdict(list)
    query = select(WorkItem).where(is_unbilled())
    for item in books.session.exec(query.order_by(col(WorkItem.id))):
        contract = books.get(Contract, item.contract_id)
        if contract.legal_entity_id == entity.id:
            days = contract_facts(books, contract, books.as_of).payment.days
            due = Period.month_of(books.as_of).end - DAY + timedelta(days=days)
            day = payment_day(books, entity, due)
            left = item.accepted_e4 - item.claimed_e4
            amount = extended(left, item.price_e6, item.currency)
            sums[contract.reference, day, item.currency].append(amount)
    for (reference, day, currency), amounts in sums.items():
        together = total(amounts, currency)
        yield Expected(day, Expense.ACCEPTED, together, reference, entity.code)


def days(opening: Money, expected: Sequence[Expected], first: date, count: int) -> list[CashDay]:
    """Return so many days, each asked of all that is expected."""
    found: list[CashDay] = []
    for number in range(count):
        day = first + number * DAY
        due = [
            each
            for each in expected
            if each.amount.currency == opening.currency and max(each.day, first) == day
        ]
        paid = {
            expense: total([e.amount for e in due if e.expense == expense], opening.currency)
            for expense in Expense
            if any(each.expense == expense for each in due)
        }
        found.append(CashDay(day, found[-1].closing if found else opening, paid))
    return found
