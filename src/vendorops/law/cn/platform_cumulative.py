"""Individual income tax that registered platforms withhold from the people working through them.

Source: SAT Announcement 2025 No. 16, art. 1, since 2025-10-01. Each platform counts only what it
paid itself, from January on. What a month without income does is not settled: a switch.
"""

from dataclasses import replace
from fractions import Fraction

from vendorops.domain.dated import Dated
from vendorops.domain.finding import Finding, Level
from vendorops.domain.jurisdiction import (
    Assessment,
    BulkFormula,
    Formula,
    LawOfDay,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.money import Money
from vendorops.law.cn.cumulative import of_year, unbroken
from vendorops.law.cn.method import CUMULATIVE_BEGIN, is_platform_worker
from vendorops.law.cn.per_payment import major
from vendorops.law.cn.platform_cumulative_columns import RESTARTS, bulk_by_months, is_broken
from vendorops.law.cn.vat_person import MONTH
from vendorops.law.cn.vat_small_scale import reaches


def by_months(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Tax four fifths of the income so far, less 5,000 yuan for each unbroken month of it."""
    run = unbroken(facts)
    earlier = facts.earlier_months
    if is_broken(facts) and law.text("platform_cumulative.after_a_break") == RESTARTS:
        earlier = run
    counted = 1 - Fraction(law.number("platform_cumulative.expense_rate"))
    answer = of_year(facts, law, earlier, months=len(run) + 1, counted=counted)
    if facts.vat_kept_back or not reaches(facts.month_income, _threshold(facts, law), law):
        return answer
    return replace(answer, findings=(*answer.findings, VAT_OPEN))


def _threshold(facts: WithholdingFacts, law: LawOfDay) -> Money:
    return major(law.number(MONTH), facts.payment.currency)


VAT_OPEN = Finding(
    "worker-vat-not-kept-back",
    Level.WARNING,
    "payment",
    "the worker's month reaches the threshold of VAT, which the platform files for him (SAT "
    "Announcement 2025 No. 16, art. 2); it is not kept back here: `filing report cn_proxy_vat` "
    "lays out what is to be filed and paid for the month",
)


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
