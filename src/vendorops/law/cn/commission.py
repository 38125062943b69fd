"""Individual income tax on commissions of insurance marketers and securities brokers.

Source: Caishui [2018] No. 164, art. 3: the cumulative method, after one fifth as expense and a
quarter of the rest as cost of winning business. Surcharges on VAT, which may be taken off too, are
not recorded here and not taken off.
"""

from fractions import Fraction

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import Assessment, Formula, LawOfDay, Tax, WithholdingFacts
from vendorops.law.cn.cumulative import of_year
from vendorops.law.cn.method import COMMISSIONS_BEGIN, is_commissioned
from vendorops.law.cn.student_intern import months_since_first


def by_months(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Tax three fifths of the income so far, less 5,000 yuan for each month since the first."""
    after_expense = 1 - Fraction(law.number("comprehensive.expense_rate"))
    counted = after_expense * (1 - Fraction(law.number("commission.business_cost_rate")))
    months = months_since_first(facts)
    return of_year(facts, law, facts.earlier_months, months=months, counted=counted)


FORMULA: Dated[Formula] = Dated("cn.iit.commission", {COMMISSIONS_BEGIN: by_months})

TAX = Tax(
    code="cn.iit.commission",
    title="Individual income tax on commissions of insurance marketers and brokers, cumulative",
    applies=is_commissioned,
    formula=FORMULA,
    reads_year=True,
)
