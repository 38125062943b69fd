"""Individual income tax on royalties of residents, withheld by whoever pays.

Sources: Individual Income Tax Law 2018, art. 6; SAT Announcement 2018 No. 61, art. 8.
"""

from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    BulkFormula,
    Formula,
    IncomeKind,
    LawOfDay,
    Situation,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.money import Rounding
from vendorops.law.cn.per_payment import after_expenses, is_resident_with, of_month
from vendorops.law.cn.per_payment_columns import bulk_royalty


def applies(facts: Situation) -> bool:
    """Tell whether a resident person is paid for the use of a right."""
    return is_resident_with(facts, IncomeKind.ROYALTY)


def flat(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Tax income less expenses at one rate."""
    rate = law.number("royalty.rate")
    base = after_expenses(facts.month_income, law)
    return of_month(facts, base, lambda declared: declared.times(rate, rounding=Rounding.HALF_UP))


FORMULA: Dated[Formula] = Dated("cn.iit.royalty", {date(2019, 1, 1): flat})
BULK: Dated[BulkFormula] = Dated("cn.iit.royalty in bulk", {date(2019, 1, 1): bulk_royalty})

TAX = Tax(
    code="cn.iit.royalty",
    title="Individual income tax on royalties",
    applies=applies,
    formula=FORMULA,
    bulk=BULK,
)
