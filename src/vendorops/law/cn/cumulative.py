"""What the cumulative methods share: the year so far, less 5,000 yuan a month, on seven lines.

Sources: SAT Announcement 2018 No. 61, art. 6 (method and table); the announcement of each method
says whose months count and which share of income is deducted. Tax that comes out below zero is
not paid back here: the payee settles the year.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from vendorops.domain.jurisdiction import Assessment, LawOfDay, MonthPaid, WithholdingFacts
from vendorops.domain.money import Money, Rounding, total
from vendorops.law.cn.per_payment import by_brackets, kept_back, major


def unbroken(facts: WithholdingFacts) -> tuple[MonthPaid, ...]:
    """Return the earlier months that lead up to this one without a gap."""
    run: list[MonthPaid] = []
    for paid in reversed(facts.earlier_months):
        if int(paid.month[-2:]) != facts.day.month - len(run) - 1:
            break
        run.append(paid)
    return tuple(reversed(run))


def of_year(
    facts: WithholdingFacts,
    law: LawOfDay,
    earlier: Sequence[MonthPaid],
    *,
    months: int,
    counted: Fraction,
) -> Assessment:
    """Tax what counts of the income so far, less the deduction of so many months."""
    currency = facts.payment.currency
    income = total([paid.income for paid in earlier], currency) + facts.month_income
    before = total([paid.withheld for paid in earlier], currency) + facts.earlier_withheld
    monthly = major(law.number("comprehensive.monthly_deduction"), currency)
    brackets = law.brackets("comprehensive.brackets")
    base = _base(income, monthly, months, counted)
    earlier_in_month = facts.earlier_income.minor > 0
    was = _base(income - facts.payment, monthly, months - (not earlier_in_month), counted)

    def tax_on(declared: Money) -> Money:
        return by_brackets(declared, brackets)

    answer = kept_back(facts, base, tax_on, before)
    added = Money(1, currency).times(max(Fraction(0), base - was), rounding=Rounding.HALF_UP)
    return replace(answer, added=min(added, facts.payment))


def _base(income: Money, monthly: Money, months: int, counted: Fraction) -> Fraction:
    return max(Fraction(0), income.minor * counted - monthly.minor * months)
