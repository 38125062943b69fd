"""The cumulative method of platforms on columns of fen, and what both forms of it ask."""

from fractions import Fraction
from typing import Any

import numpy as np

from vendorops.domain.jurisdiction import LawOfDay, WithholdingFacts
from vendorops.domain.withholding_columns import (
    Column,
    PaymentColumns,
    WithheldColumns,
    YearColumns,
)
from vendorops.law.cn.per_payment import major
from vendorops.law.cn.per_payment_columns import BadColumns, bulk_by_brackets, check, share
from vendorops.law.cn.vat_person import MONTH

RESTARTS = "restart_segment"
BY_ITSELF = -1


def is_broken(facts: WithholdingFacts) -> bool:
    """Tell whether a month without income lies between earlier months and this one."""
    if not facts.earlier_months:
        return False
    first = int(facts.earlier_months[0].month[-2:])
    return len(facts.earlier_months) != facts.day.month - first


def bulk_by_months(columns: PaymentColumns, law: LawOfDay) -> WithheldColumns:
    """Compute the tax of each row; the twin of `by_months`."""
    check(columns)
    year = _year_of(columns, law)
    paid = year.income > 0
    run = np.logical_and.accumulate(paid[:, ::-1], axis=1)[:, ::-1]
    broken = (paid & ~run).any(axis=1)
    counts = paid
    if broken.any() and law.text("platform_cumulative.after_a_break") == RESTARTS:
        counts = run
    months = run.sum(axis=1) + 1
    income = (year.income * counts).sum(axis=1) + columns.earlier_income + columns.payment
    before = (year.withheld * counts).sum(axis=1) + columns.earlier_withheld
    base = _base(income, months, law, columns.currency)
    tax = bulk_by_brackets(base, law.brackets("comprehensive.brackets"), columns.currency)
    open_tax = np.maximum(0, tax - before)
    was = (income - columns.payment, months - (columns.earlier_income == 0))
    return WithheldColumns(
        base,
        np.minimum(open_tax, columns.payment),
        _added((income, months), was, columns, law),
        np.where(open_tax > columns.payment, BY_ITSELF, _alike(columns, broken, law)),
    )


def _year_of(columns: PaymentColumns, law: LawOfDay) -> YearColumns:
    months = law.day.month - 1
    nothing = np.zeros((columns.payment.size, months), dtype=np.int64)
    year = columns.year or YearColumns(nothing, nothing)
    if year.income.shape != nothing.shape or year.withheld.shape != nothing.shape:
        raise BadColumns(f"give {months} earlier months for each of {columns.payment.size} rows")
    if (year.income < 0).any() or (year.withheld < 0).any():
        raise BadColumns("an earlier month is below zero; reverse what was paid and its tax")
    return year


def _base(income: Column, months: Column, law: LawOfDay, currency: str) -> Column:
    """Return the base, rounded half up to the fen: the deduction is of whole fen."""
    counted = 1 - Fraction(law.number("platform_cumulative.expense_rate"))
    monthly = major(law.number("comprehensive.monthly_deduction"), currency).minor
    base: Column = np.maximum(0, share(income, counted) - monthly * months)
    return base


def _added(
    now: tuple[Column, Column],
    was: tuple[Column, Column],
    columns: PaymentColumns,
    law: LawOfDay,
) -> Column:
    """Return by how much the exact base grew, rounded half up, at most the payment."""
    counted = 1 - Fraction(law.number("platform_cumulative.expense_rate"))
    monthly = major(law.number("comprehensive.monthly_deduction"), columns.currency).minor
    parts = counted.denominator
    after, before = (
        np.maximum(0, income * counted.numerator - monthly * months * parts)
        for income, months in (now, was)
    )
    grown = (2 * np.maximum(0, after - before) + parts) // (2 * parts)
    added: Column = np.minimum(grown, columns.payment)
    return added


def _alike(columns: PaymentColumns, broken: Any, law: LawOfDay) -> Column:  # noqa: ANN401 - NumPy's sums of flags.
    """Return numbers of what payments ask of the law: breaks, and the month's threshold of VAT."""
    threshold = major(law.number(MONTH), columns.currency).minor
    side: Column = np.sign(columns.earlier_income + columns.payment - threshold) + 1
    kinds: Column = side + 3 * broken
    return kinds
