"""The withholding per payment on columns of fen: the row rule, a thousand times faster."""

from fractions import Fraction

import numpy as np

from vendorops.domain.jurisdiction import Bracket, LawOfDay
from vendorops.domain.money import LIMIT_MINOR
from vendorops.domain.refusal import Refused
from vendorops.domain.withholding_columns import Column, PaymentColumns, WithheldColumns
from vendorops.law.cn.per_payment import major

LIMIT_64_BITS = 2**63 - 1
ONE = Fraction(1)


class BadColumns(Refused):
    """Columns that hold an amount no payment can have."""


def bulk_after_expenses(
    income: Column, law: LawOfDay, currency: str, counted: Fraction = ONE
) -> Column:
    """Return what counts of the month, half up to the fen; the twin of `after_expenses`."""
    small = major(law.number("per_payment.small_income"), currency).minor
    fixed = major(law.number("per_payment.small_expense"), currency).minor
    kept = 1 - Fraction(law.number("per_payment.expense_rate"))
    left = share(np.where(income <= small, np.maximum(0, income - fixed), 0), counted)
    return np.where(income <= small, left, share(income, kept * counted))


def bulk_progressive(columns: PaymentColumns, law: LawOfDay) -> WithheldColumns:
    """Compute the labour remuneration tax of each row; the twin of `progressive`."""
    check(columns)
    base = bulk_after_expenses(columns.earlier_income + columns.payment, law, columns.currency)
    table = law.brackets("labor_remuneration.brackets")
    return _of_month(columns, base, bulk_by_brackets(base, table, columns.currency))


def bulk_author(columns: PaymentColumns, law: LawOfDay) -> WithheldColumns:
    """Compute the tax of each row on writings; the twin of `flat_on_reduced_income`."""
    check(columns)
    counted = Fraction(law.number("author_remuneration.counted_share"))
    income = columns.earlier_income + columns.payment
    base = bulk_after_expenses(income, law, columns.currency, counted)
    rate = Fraction(law.number("author_remuneration.rate"))
    return _of_month(columns, base, share(base, rate))


def bulk_royalty(columns: PaymentColumns, law: LawOfDay) -> WithheldColumns:
    """Compute the tax of each row on royalties; the twin of `flat`."""
    check(columns)
    base = bulk_after_expenses(columns.earlier_income + columns.payment, law, columns.currency)
    return _of_month(columns, base, share(base, Fraction(law.number("royalty.rate"))))


def _of_month(columns: PaymentColumns, base: Column, tax: Column) -> WithheldColumns:
    open_tax = np.maximum(0, tax - columns.earlier_withheld)
    return WithheldColumns(base, np.minimum(open_tax, columns.payment))


def bulk_by_brackets(base: Column, brackets: tuple[Bracket, ...], currency: str) -> Column:
    """Return base times rate less quick deduction; the twin of `by_brackets`."""
    tops = [major(line.up_to, currency).minor for line in brackets if line.up_to is not None]
    line_of = np.searchsorted(np.array(tops), base, side="left")
    taxes = [
        share(base, Fraction(line.rate)) - major(line.quick, currency).minor for line in brackets
    ]
    return np.choose(line_of, taxes)


def share(amounts: Column, factor: Fraction) -> Column:
    """Return amounts times an exact factor, each rounded half up; amounts are not below zero.

    >>> share(np.array([1, 2, 3]), Fraction(1, 2)).tolist()
    [1, 1, 2]
    """
    if int(amounts.max(initial=0)) * 2 * factor.numerator + factor.denominator > LIMIT_64_BITS:
        raise BadColumns("an amount times its rate does not fit 64 bits; pay it as a single case")
    return (amounts * (2 * factor.numerator) + factor.denominator) // (2 * factor.denominator)


def check(columns: PaymentColumns) -> None:
    """Refuse amounts below zero and amounts that no bill has."""
    for what in ("earlier_income", "earlier_withheld", "payment"):
        column: Column = getattr(columns, what)
        wrong = np.flatnonzero((column < 0) | (column >= LIMIT_MINOR))
        if wrong.size:
            raise BadColumns(
                f"{what} of row {wrong[0] + 1} is below zero or beyond any bill; correct it"
            )
