"""Individual income tax on labour remuneration of residents, withheld by whoever pays.

Sources: Individual Income Tax Law 2018, art. 6 and 9; Implementing Regulations, art. 6(2) and
14; SAT Announcement 2018 No. 61, art. 8 and withholding table 2. A platform that filed its basic
information withholds by the cumulative method instead (SAT Announcement 2025 No. 16).
"""

from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    BulkFormula,
    Formula,
    IncomeKind,
    LawOfDay,
    PayerKind,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.refusal import Refused
from vendorops.domain.withholding_columns import PaymentColumns, WithheldColumns
from vendorops.law.cn.per_payment import after_expenses, by_brackets, is_resident_with, of_month
from vendorops.law.cn.per_payment_columns import bulk_progressive

BEGIN = date(2019, 1, 1)
CUMULATIVE_BEGIN = date(2025, 10, 1)


class CumulativeMethodNeeded(Refused):
    """The payer must withhold by a method that is not written here."""


def applies(facts: WithholdingFacts) -> bool:
    """Tell whether a resident person is paid for services of any kind."""
    return is_resident_with(facts, IncomeKind.LABOR_REMUNERATION, IncomeKind.SERVICE_FEE)


def progressive(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Tax the month's income less expenses by the table of three lines (20, 30, 40 %)."""
    base = after_expenses(facts.month_income, law)
    brackets = law.brackets("labor_remuneration.brackets")
    return of_month(facts, base, lambda declared: by_brackets(declared, brackets))


def not_for_platforms(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Do the same, but refuse platforms: theirs is the cumulative method of SAT 2025 No. 16."""
    refuse_platform(facts.payer)
    return progressive(facts, law)


def bulk_not_for_platforms(columns: PaymentColumns, law: LawOfDay) -> WithheldColumns:
    """Do so on columns."""
    refuse_platform(columns.payer)
    return bulk_progressive(columns, law)


def refuse_platform(payer: PayerKind) -> None:
    """Refuse a payer who must withhold by the cumulative method."""
    if payer is PayerKind.PLATFORM:
        raise CumulativeMethodNeeded(
            "a platform withholds labour remuneration by the cumulative method (SAT Announcement "
            "2025 No. 16), which is not available here; let the platform's own system withhold"
        )


FORMULA: Dated[Formula] = Dated(
    "cn.iit.labor_remuneration", {BEGIN: progressive, CUMULATIVE_BEGIN: not_for_platforms}
)
BULK: Dated[BulkFormula] = Dated(
    "cn.iit.labor_remuneration in bulk",
    {BEGIN: bulk_progressive, CUMULATIVE_BEGIN: bulk_not_for_platforms},
)

TAX = Tax(
    code="cn.iit.labor_remuneration",
    title="Individual income tax on labour remuneration, per payment",
    applies=applies,
    formula=FORMULA,
    bulk=BULK,
)
