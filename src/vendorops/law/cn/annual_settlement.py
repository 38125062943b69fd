"""What a resident's year of comprehensive income comes to, and who need not settle it.

Sources: Individual Income Tax Law 2018, art. 6 and 11; MOF/STA Announcement 2023 No. 32 (who need
not settle). The settlement is the payee's own, from 1 March to 30 June of the next year.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Duty,
    IncomeKind,
    Inputs,
    Jurisdiction,
    LawOfDay,
    PayeeKind,
    Rule,
    Situation,
)
from vendorops.domain.money import Money, Rounding
from vendorops.law.cn.asking import Asked, amount
from vendorops.law.cn.per_payment import by_brackets, major

BEGIN = date(2019, 1, 1)
COMPREHENSIVE = (
    IncomeKind.LABOR_REMUNERATION,
    IncomeKind.SERVICE_FEE,
    IncomeKind.AUTHOR_REMUNERATION,
    IncomeKind.ROYALTY,
)


class YearOfIncome(Asked):
    """Income of a year by kind, before expenses, and what was withheld from all of it."""

    labor_income: str = "0"
    author_income: str = "0"
    royalty_income: str = "0"
    salary: str = "0"
    deductions: str = "0"
    """Special, special additional and other deductions of the year."""
    withheld_by_per_payment: str = "0"


class Exemption(Asked):
    """What decides whether a year must be settled."""

    comprehensive_income: str
    topup: str
    withheld_as_required: bool = True


def taxable(asked: YearOfIncome, place: Jurisdiction, law: LawOfDay) -> Money:
    """Return salary and what counts of the other incomes, less the deductions of the year."""
    counted = 1 - Fraction(law.number("comprehensive.expense_rate"))
    author = counted * Fraction(law.number("comprehensive.author_counted_share"))
    less = major(law.number("comprehensive.yearly_deduction"), place.currency)
    exact = (
        amount(asked.salary, place).minor
        + counted * amount(asked.labor_income, place).minor
        + counted * amount(asked.royalty_income, place).minor
        + author * amount(asked.author_income, place).minor
        - less.minor
        - amount(asked.deductions, place).minor
    )
    one = Money(1, place.currency)
    return one.times(max(Fraction(0), exact), rounding=Rounding.HALF_UP)


FORMULA: Dated[Callable[[YearOfIncome, Jurisdiction, LawOfDay], Money]] = Dated(
    "annual settlement of comprehensive income", {BEGIN: taxable}
)


def settle(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the tax of a year, and what is paid back or still owed."""
    asked, law = YearOfIncome.model_validate(inputs), place.law_of(day)
    base = FORMULA.on(day)(asked, place, law)
    tax = by_brackets(base, law.brackets("comprehensive.brackets"))
    left = amount(asked.withheld_by_per_payment, place) - tax
    none = Money(0, place.currency)
    return {
        "taxable": base.text,
        "annual_tax": tax.text,
        "refund": max(left, none).text,
        "topup": max(-left, none).text,
    }


def exempt_from_topup(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Tell whether a year must be settled: not where income or top-up is small."""
    asked, law = Exemption.model_validate(inputs), place.law_of(day)
    income_most = major(law.number("annual_settlement.small_income"), place.currency)
    topup_most = major(law.number("annual_settlement.small_topup"), place.currency)
    small = (
        amount(asked.comprehensive_income, place) <= income_most
        or amount(asked.topup, place) <= topup_most
    )
    return {"must_settle": not (small and asked.withheld_as_required)}


def concerns(facts: Situation) -> bool:
    """Tell whether a resident person is paid comprehensive income."""
    person = facts.payee is PayeeKind.PERSON and facts.resident
    return person and facts.income_kind in COMPREHENSIVE


RULES: dict[str, Rule] = {
    "iit.annual_settlement": settle,
    "iit.annual_settlement.exempt_from_topup": exempt_from_topup,
}
DUTIES = (
    Duty(
        "iit.annual_settlement", "Annual settlement by the payee, March to June", concerns, BEGIN
    ),
)
