"""Individual income tax that registered platforms withhold from the people working through them.

Source: SAT Announcement 2025 No. 16, art. 1, since 2025-10-01. Each platform counts only what it
paid itself, from January on. What a month without income does is not settled: a switch.
"""

from fractions import Fraction

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    BulkFormula,
    Formula,
    LawOfDay,
    Tax,
    WithholdingFacts,
)
from vendorops.law.cn.cumulative import of_year, unbroken
from vendorops.law.cn.method import CUMULATIVE_BEGIN, is_platform_worker
from vendorops.law.cn.platform_cumulative_columns import RESTARTS, bulk_by_months, is_broken


def by_months(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Tax four fifths of the income so far, less 5,000 yuan for each unbroken month of it."""
    run = unbroken(facts)
    earlier = facts.earlier_months
    if is_broken(facts) and law.text("platform_cumulative.after_a_break") == RESTARTS:
        earlier = run
    counted = 1 - Fraction(law.number("platform_cumulative.expense_rate"))
    return of_year(facts, law, earlier, months=len(run) + 1, counted=counted)


FORMULA: Dated[Formula] = Dated("cn.iit.platform_cumulative", {CUMULATIVE_BEGIN: by_months})
BULK: Dated[BulkFormula] = Dated(
    "cn.iit.platform_cumulative in bulk", {CUMULATIVE_BEGIN: bulk_by_months}
)

TAX = Tax(
    code="cn.iit.platform_cumulative",
    title="Individual income tax on labour remuneration paid by platforms, cumulative",
    applies=is_platform_worker,
    formula=FORMULA,
    bulk=BULK,
    reads_year=True,
)
