"""Individual income tax on author's remuneration of residents, withheld by whoever pays.

Sources: Individual Income Tax Law 2018, art. 6; SAT Announcement 2018 No. 61, art. 8.
"""

from datetime import date
from fractions import Fraction

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
from vendorops.law.cn.per_payment_columns import bulk_author


def applies(facts: Situation) -> bool:
    """Tell whether a resident person is paid for a published work."""
    return is_resident_with(facts, IncomeKind.AUTHOR_REMUNERATION)


def flat_on_reduced_income(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Count income less expenses at 70 % and tax it at one rate."""
    counted = Fraction(law.number("author_remuneration.counted_share"))
    rate = law.number("author_remuneration.rate")
    base = after_expenses(facts.month_income, law) * counted
    return of_month(facts, base, lambda declared: declared.times(rate, rounding=Rounding.HALF_UP))


FORMULA: Dated[Formula] = Dated(
    "cn.iit.author_remuneration", {date(2019, 1, 1): flat_on_reduced_income}
)
BULK: Dated[BulkFormula] = Dated(
    "cn.iit.author_remuneration in bulk", {date(2019, 1, 1): bulk_author}
)

TAX = Tax(
    code="cn.iit.author_remuneration",
    title="Individual income tax on author's remuneration",
    applies=applies,
    formula=FORMULA,
    bulk=BULK,
)
