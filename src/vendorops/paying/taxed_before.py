"""What one of our companies paid the same payee before, and what was kept back from it."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.jurisdiction import LeviedOn, MonthPaid, WithholdingFacts
from vendorops.domain.lifecycle import PaymentStatus, SettlementStatus, WithholdingStatus
from vendorops.domain.money import Money, total
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction
from vendorops.paying.paying_again import UNPAID
from vendorops.paying.payment_day import payment_day
from vendorops.tables import (
    Contract,
    LegalEntity,
    Payment,
    PaymentBatch,
    Settlement,
    Supplier,
    Withholding,
)


def of_day(
    books: Books, settlement: Settlement, day: date, taxes: frozenset[str]
) -> dict[str, Money]:
    """Return what was counted before on the day of a payment, and the VAT kept back of it.

    A sealed settlement keeps what it was sealed with, whichever day each payment then goes on:
    the VAT arose on the day that both were due. Only where it goes earlier than that, what is
    paid on that earlier day counts where it is more.
    """
    now = _paid_on(books, settlement, day, taxes)
    if settlement.status != SettlementStatus.SEALED:
        return now
    sealed = _sealed_with(books, settlement, taxes)
    if sealed is None:
        return now
    early = day < day_taxed_for(books, settlement)
    return now if early and now["day_income"].minor > sealed["day_income"].minor else sealed


def day_taxed_for(books: Books, settlement: Settlement) -> date:
    """Return the day of payment that a settlement was calculated for."""
    contract = books.get(Contract, settlement.contract_id)
    entity = books.get(LegalEntity, contract.legal_entity_id)
    return payment_day(replace(books, as_of=settlement.as_of), entity, settlement.due_on)


def _sealed_with(
    books: Books, settlement: Settlement, taxes: frozenset[str]
) -> dict[str, Money] | None:
    query = select(Withholding).where(
        col(Withholding.settlement_id) == settlement.id,
        col(Withholding.tax).in_(sorted(taxes)),
        col(Withholding.day_income_minor).is_not(None),
    )
    row = books.session.exec(query).first()
    if row is None:
        return None
    return {
        "day_income": Money(row.day_income_minor or 0, row.currency),
        "day_vat": Money(row.day_withheld_minor or 0, row.currency),
    }


def _paid_on(
    books: Books, settlement: Settlement, day: date, taxes: frozenset[str]
) -> dict[str, Money]:
    """Return what the books know now of a day, and the VAT kept back of it."""
    rows = [
        row
        for row in _rows(books, settlement, Period.month_of(day).label, taxes)
        if _day_of(books, books.get(Settlement, row.settlement_id)) == day
    ]
    currency = settlement.currency
    return {"day_income": income_of(rows, currency), "day_vat": kept_back_of(rows, currency)}


def _day_of(books: Books, settlement: Settlement) -> date:
    """Return the day on which a settlement counts: the one it was taxed for, or sooner.

    Money that goes late was due before; counted on a later day it would be taxed twice.
    """
    query = (
        select(col(PaymentBatch.execution_day))
        .join(Payment, col(Payment.batch_id) == col(PaymentBatch.id))
        .where(
            col(Payment.settlement_id) == settlement.id,
            col(Payment.status).not_in((*UNPAID, PaymentStatus.CANCELLED)),
        )
    )
    taxed_for = day_taxed_for(books, settlement)
    planned = books.session.exec(query).first()
    return min(planned, taxed_for) if planned else taxed_for


def of_years(
    books: Books, settlement: Settlement, facts: WithholdingFacts, of_year: frozenset[str]
) -> dict[str, Any]:
    """Return what was paid before in the year, month by month, and in the year before."""
    currency, year = settlement.currency, facts.day.year
    this = earlier(books, settlement, f"{year}-%")
    last = earlier(books, settlement, f"{year - 1}-%")
    taxed = [row for row in this if row.tax in of_year]
    return {
        "year_income": income_of(this, currency),
        "last_year": (income_of(last, currency), kept_back_of(last, currency)),
        "earlier_months": _months(taxed, Period.month_of(facts.day).label, currency),
    }


def _months(rows: list[Withholding], before: str, currency: str) -> tuple[MonthPaid, ...]:
    """Return the months before one in which something was paid, oldest first."""
    found = {}
    for month in sorted({row.month for row in rows if row.month < before}):
        paid = [row for row in rows if row.month == month]
        found[month] = MonthPaid(month, income_of(paid, currency), kept_back_of(paid, currency))
    return tuple(paid for paid in found.values() if paid.income)


def income_of(rows: list[Withholding], currency: str) -> Money:
    """Return the income that some taxes are on, of each settlement once."""
    return Money(sum({row.settlement_id: row.income_minor for row in rows}.values()), currency)


def kept_back_of(rows: list[Withholding], currency: str) -> Money:
    """Return what some taxes kept back."""
    return total([Money(row.amount_minor, currency) for row in rows], currency)


def earlier(books: Books, settlement: Settlement, months: str) -> list[Withholding]:
    """Return what one company's payments to the payee were taxed on before, as income."""
    place = books.get(Contract, settlement.contract_id).place
    taxes = jurisdiction(place).taxes
    of_income = frozenset(tax.code for tax in taxes if tax.levied_on is LeviedOn.INCOME)
    return _rows(books, settlement, months, of_income)


def _rows(
    books: Books, settlement: Settlement, months: str, taxes: frozenset[str]
) -> list[Withholding]:
    """Return some taxes of one company's earlier payments to the payee, in months like a pattern.

    Only of the same place and currency.
    """
    contract = books.get(Contract, settlement.contract_id)
    payee = books.get(Supplier, settlement.supplier_id).party_id
    query = (
        select(Withholding)
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            col(Withholding.party_id) == payee,
            col(Withholding.tax).in_(sorted(taxes)),
            col(Withholding.place) == contract.place,
            col(Withholding.currency) == settlement.currency,
            col(Withholding.month).like(months),
            col(Withholding.status) != WithholdingStatus.CANCELLED,
            col(Withholding.settlement_id) < settlement.id,
            col(Contract.legal_entity_id) == contract.legal_entity_id,
        )
    )
    return list(books.session.exec(query))
