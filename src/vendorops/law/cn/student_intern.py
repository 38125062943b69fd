"""Individual income tax withheld from students who are paid for an internship.

Source: SAT Announcement 2020 No. 13, art. 1: the cumulative method, since 2020-07-01, for students
in full-time education. Months count from the first month of the internship in the year.
"""

from fractions import Fraction

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import Assessment, Formula, LawOfDay, Tax, WithholdingFacts
from vendorops.law.cn.cumulative import of_year
from vendorops.law.cn.method import INTERNS_BEGIN, is_intern


def months_since_first(facts: WithholdingFacts) -> int:
    """Return how many months there are from the first one paid to this one."""
    first = facts.earlier_months[0].month[-2:] if facts.earlier_months else facts.day.month
    return facts.day.month - int(first) + 1


def by_months(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Tax four fifths of the income so far, less 5,000 yuan for each month since the first."""
    counted = 1 - Fraction(law.number("comprehensive.expense_rate"))
    months = months_since_first(facts)
    return of_year(facts, law, facts.earlier_months, months=months, counted=counted)


FORMULA: Dated[Formula] = Dated("cn.iit.student_intern", {INTERNS_BEGIN: by_months})

TAX = Tax(
    code="cn.iit.student_intern",
    title="Individual income tax on labour remuneration of student interns, cumulative",
    applies=is_intern,
    formula=FORMULA,
    reads_year=True,
)
