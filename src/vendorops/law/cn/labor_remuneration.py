"""Individual income tax on labour remuneration of residents, withheld by whoever pays.

Sources: Individual Income Tax Law 2018, art. 6 and 9; Implementing Regulations, art. 6(2) and
14; SAT Announcement 2018 No. 61, art. 8 and withholding table 2. A platform that filed its basic
information withholds by the cumulative method instead (SAT Announcement 2025 No. 16).
"""

from dataclasses import replace
from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.finding import Finding, Level
from vendorops.domain.jurisdiction import (
    Assessment,
    BulkFormula,
    Formula,
    LawOfDay,
    PayerKind,
    Situation,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.withholding_columns import PaymentColumns, WithheldColumns
from vendorops.law.cn.method import CUMULATIVE_BEGIN, is_cumulative, is_labor
from vendorops.law.cn.per_payment import after_expenses, by_brackets, of_month
from vendorops.law.cn.per_payment_columns import BadColumns, bulk_progressive

BEGIN = date(2019, 1, 1)


def applies(facts: Situation) -> bool:
    """Tell whether a resident person is paid for services, by a payer who withholds so."""
    return is_labor(facts) and not is_cumulative(facts)


def progressive(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Tax the month's income less expenses by the table of three lines (20, 30, 40 %)."""
    base = after_expenses(facts.month_income, law)
    brackets = law.brackets("labor_remuneration.brackets")
    return of_month(facts, base, lambda declared: by_brackets(declared, brackets))


def unless_registered(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Do the same; a platform that does so has not filed its basic information, which it must."""
    answer = progressive(facts, law)
    if facts.payer is not PayerKind.PLATFORM:
        return answer
    return replace(answer, findings=(*answer.findings, NOT_REGISTERED))


def bulk(columns: PaymentColumns, law: LawOfDay) -> WithheldColumns:
    """Do so on columns."""
    if columns.registered_platform and law.day >= CUMULATIVE_BEGIN:
        raise BadColumns(
            "a registered platform withholds by the cumulative method: ask for "
            "cn.iit.platform_cumulative"
        )
    return bulk_progressive(columns, law)


NOT_REGISTERED = Finding(
    "platform-not-registered",
    Level.WARNING,
    "payer",
    "a platform that has not filed its basic information withholds per payment; file it with the "
    "tax office (State Council Decree 810, art. 3), and record the day for the legal entity",
)

FORMULA: Dated[Formula] = Dated(
    "cn.iit.labor_remuneration", {BEGIN: progressive, CUMULATIVE_BEGIN: unless_registered}
)
BULK: Dated[BulkFormula] = Dated("cn.iit.labor_remuneration in bulk", {BEGIN: bulk})

TAX = Tax(
    code="cn.iit.labor_remuneration",
    title="Individual income tax on labour remuneration, per payment",
    applies=applies,
    formula=FORMULA,
    bulk=BULK,
)
