"""Individual income tax on services, writings and rights of non-residents, by the month.

Sources: Individual Income Tax Law 2018, art. 6, 11 and annex table 1, note 2; SAT Announcement
2018 No. 61, art. 9. There is no annual settlement, so this is the final tax.
"""

from datetime import date
from fractions import Fraction

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    Formula,
    IncomeKind,
    LawOfDay,
    PayeeKind,
    Situation,
    Tax,
    WithholdingFacts,
)
from vendorops.law.cn.per_payment import by_brackets, of_month


def applies(facts: Situation) -> bool:
    """Tell whether a natural person who is not resident is paid."""
    return facts.payee is PayeeKind.PERSON and not facts.resident


def by_month(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Count income less one fifth, writings at 70 % of that, and tax it by the monthly table."""
    share = 1 - Fraction(law.number("nonresident.expense_rate"))
    if facts.income_kind is IncomeKind.AUTHOR_REMUNERATION:
        share *= Fraction(law.number("nonresident.author_counted_share"))
    brackets = law.brackets("nonresident.brackets")
    base = facts.month_income.minor * share
    return of_month(facts, base, lambda declared: by_brackets(declared, brackets))


FORMULA: Dated[Formula] = Dated("cn.iit.nonresident", {date(2019, 1, 1): by_month})

TAX = Tax(
    code="cn.iit.nonresident",
    title="Individual income tax on services, writings and rights of non-residents",
    applies=applies,
    formula=FORMULA,
)
