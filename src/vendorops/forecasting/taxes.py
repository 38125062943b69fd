"""What is due to tax offices: what was kept back, on the last day of the law's calendar."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.cash import Expected, Expense
from vendorops.domain.lifecycle import WithholdingStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction
from vendorops.paying.declaring import IN_FORCE, duty_for
from vendorops.paying.tax_owed import NOT_SENT, tax_owed
from vendorops.tables import (
    Contract,
    Filing,
    FilingLine,
    LegalEntity,
    Payment,
    Settlement,
    Withholding,
)

OWED = (WithholdingStatus.COMPUTED, WithholdingStatus.BOOKED, WithholdingStatus.FILED)


@dataclass(frozen=True)
class Due:
    """An amount of tax, and what its day rests on that is not certain."""

    expected: Expected
    finding: str = ""


@dataclass(frozen=True)
class _Return:
    """Where tax is declared: a return that is there, or the one that the law will want."""

    reference: str
    day: date
    currency: str
    finding: str


def taxes_due(books: Books, entity: LegalEntity) -> Iterator[Due]:
    """Return what is due by return; what a batch pays already is told with the batch."""
    sums: defaultdict[_Return, int] = defaultdict(int)
    for row in _owed(books, entity):
        sums[_declared(books, row)] += row.amount_minor
    for filing, left in _beyond_batches(books, entity):
        sums[_of(filing)] += left
    for of, minor in sorted(sums.items(), key=lambda each: (each[0].day, each[0].reference)):
        expected = Expected(
            day=of.day,
            expense=Expense.TAX,
            amount=Money(minor, of.currency),
            reference=of.reference,
            company=entity.code,
        )
        yield Due(expected, of.finding)


def _owed(books: Books, entity: LegalEntity) -> list[Withholding]:
    paid = (
        select(FilingLine.withholding_id)
        .join(Payment, col(Payment.filing_id) == col(FilingLine.filing_id))
        .join(Filing, col(Filing.id) == col(Payment.filing_id))
        .where(col(Payment.status).in_(NOT_SENT), col(Filing.status).in_(IN_FORCE))
    )
    query = (
        select(Withholding)
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            col(Contract.legal_entity_id) == entity.id,
            col(Withholding.status).in_(OWED),
            col(Withholding.amount_minor) > 0,
            col(Withholding.id).not_in(paid),
        )
    )
    return list(books.session.exec(query.order_by(col(Withholding.id))))


def _beyond_batches(books: Books, entity: LegalEntity) -> Iterator[tuple[Filing, int]]:
    """Return what of a return came back after the batch that pays the rest of it was planned."""
    query = (
        select(Filing, Payment)
        .join(Payment, col(Payment.filing_id) == col(Filing.id))
        .where(
            col(Filing.legal_entity_id) == entity.id,
            col(Filing.status).in_(IN_FORCE),
            col(Payment.status).in_(NOT_SENT),
        )
    )
    for filing, payment in books.session.exec(query.order_by(col(Payment.id))):
        if left := tax_owed(books, filing).minor - payment.amount_minor:
            yield filing, left


def _of(filing: Filing) -> _Return:
    return _Return(filing.reference, filing.due_on, filing.currency, "")


def _declared(books: Books, row: Withholding) -> _Return:
    if row.filing_id is not None:
        return _of(books.get(Filing, row.filing_id))
    duty = duty_for(row.place, row.tax, row.month)
    deadline = jurisdiction(row.place).due(duty.form, Period.month(duty.month))
    said = "; ".join(finding.message for finding in deadline.findings)
    return _Return(f"{duty.form} {duty.month}", deadline.day, row.currency, said)
