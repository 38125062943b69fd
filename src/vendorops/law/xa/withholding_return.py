"""The monthly return of fees withheld in Exampleland: an XML file, due some days after the month.

Source, invented: Fee Withholding Act of 2024, s. 9.
"""

from datetime import date

from lxml import etree

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import DueRule, LawOfDay, Return, ReturnFacts
from vendorops.domain.money import Money
from vendorops.domain.periods import DAY, Calendar, Period

FORM = "xa.withholding"


def days_after_the_month(period: Period, calendar: Calendar, law: LawOfDay) -> date:
    """Return the last day of the period and some days more, moved to a working day."""
    days = int(law.number("withholding_return.due_days"))
    return calendar.on_or_after(period.end - DAY + days * DAY)


def render(facts: ReturnFacts) -> bytes:
    """Return the form as XML in UTF-8: a row per payee and tax, and the totals."""
    root = etree.Element("Return", form=FORM, period=facts.period.label, agent=facts.agent)
    for row in facts.in_order:
        line = etree.SubElement(root, "Row", payee=row.payee, identity=row.identity, tax=row.tax)
        line.set("rule", row.version)
        amounts(line, (row.income, row.base, row.withheld))
    amounts(etree.SubElement(root, "Total"), facts.totals)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def amounts(line: etree._Element, values: tuple[Money, Money, Money]) -> None:
    """Write income, base and withheld tax on one line."""
    for name, value in zip(("income", "base", "withheld"), values, strict=True):
        line.set(name, value.text)


DUE: Dated[DueRule] = Dated(f"due day of {FORM}", {date(2024, 1, 1): days_after_the_month})

RETURN = Return(
    form=FORM,
    title="Return of fees withheld",
    taxes=("xa.fee_withholding",),
    due=DUE,
    render=render,
    suffix="xml",
)
