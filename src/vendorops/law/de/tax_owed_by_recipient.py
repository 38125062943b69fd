"""VAT on services from abroad, which we owe instead of the supplier (UStG s. 13b).

Nothing is kept back from the payee: the base is remembered when paid, and declared for the month
as tax that we owe and deduct. Who is paid as a consumer is recorded of the payee, as `vat`.
"""

from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    DueRule,
    Formula,
    LawOfDay,
    Return,
    ReturnFacts,
    Situation,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.money import Money
from vendorops.domain.periods import Calendar, Period
from vendorops.law.de._sheet import sheet
from vendorops.law.de.reverse_charge import standard

FORM = "de.13b.return"
BEGIN = date(2010, 1, 1)
STANDING = {"vat": ("consumer",)}


def applies(facts: Situation) -> bool:
    """Tell whether a business abroad is paid for a service."""
    return not facts.resident and facts.standing.get("vat") != "consumer"


def owed_by_us(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Count the payment, on which we owe the tax of the day; keep back nothing."""
    law.number("reverse_charge.standard_rate")
    return Assessment(facts.payment, Money(0, facts.payment.currency))


def tenth(period: Period, calendar: Calendar, law: LawOfDay) -> date:
    """Return the last day for the return of a month, moved to a working day (AO s. 108(3))."""
    return calendar.on_or_after(
        period.end.replace(day=int(law.number("tax_owed_by_recipient.due_day")))
    )


def render(facts: ReturnFacts) -> bytes:
    """Return the bases as CSV, and the tax on their sum: owed, and deducted as input tax."""
    if facts.law is None:
        raise TypeError("the form is filled by the law of its month; ask the place to render it")
    tax = standard(facts.totals[1], facts.law).text
    return sheet(FORM, facts, [("tax owed", tax), ("input tax", tax)])


FORMULA: Dated[Formula] = Dated("de.vat.13b", {BEGIN: owed_by_us})
DUE: Dated[DueRule] = Dated(f"due day of {FORM}", {BEGIN: tenth})

TAX = Tax(
    code="de.vat.13b",
    title="VAT on services from abroad, owed by the recipient",
    applies=applies,
    formula=FORMULA,
)
RETURN = Return(
    form=FORM,
    title="VAT owed as recipient of services from abroad, for the monthly return",
    taxes=(TAX.code,),
    due=DUE,
    render=render,
    suffix="csv",
)
