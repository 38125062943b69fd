"""Tax kept back from artists and owners of rights who do not live in Germany (EStG s. 50a).

That the recipient owes the VAT does not change it. What a fee is for is recorded of the payee:
`fees_for` (performance or rights); a certificate of exemption (s. 50c(2)) as `exemption_50c`.
"""

from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    DueRule,
    Formula,
    IncomeKind,
    LawOfDay,
    Return,
    ReturnFacts,
    Situation,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.money import Money, Rounding
from vendorops.domain.periods import Calendar, Period
from vendorops.law.de._sheet import sheet

FORM = "de.50a.return"
BEGIN = date(2009, 1, 1)
RIGHTS = (IncomeKind.ROYALTY, IncomeKind.AUTHOR_REMUNERATION)
STANDING = {"fees_for": ("performance", "rights"), "exemption_50c": ("yes",)}


def applies(facts: Situation) -> bool:
    """Tell whether somebody abroad is paid for a performance or for the use of rights."""
    paid_for = facts.income_kind in RIGHTS or "fees_for" in facts.standing
    return not facts.resident and paid_for and facts.standing.get("exemption_50c") != "yes"


def of_gross(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Keep back tax of the whole fee and the surcharge on it; nothing of a small performance.

    The tax is rounded half up to the cent, fractions of a cent of the surcharge are left out
    (SolzG s. 4 sentence 3).
    """
    currency, nothing = facts.payment.currency, Money(0, facts.payment.currency)
    small = law.money("nonresident_fees.small_performance", currency)
    if facts.standing.get("fees_for") == "performance" and facts.payment.minor <= small.minor:
        return Assessment(nothing, nothing)
    tax = facts.payment.times(law.number("nonresident_fees.rate"), rounding=Rounding.HALF_UP)
    surcharge = tax.times(law.number("nonresident_fees.solidarity_rate"), rounding=Rounding.DOWN)
    return Assessment(facts.payment, tax + surcharge)


def after_the_quarter(period: Period, calendar: Calendar, law: LawOfDay) -> date:
    """Return the day of the month after the quarter, moved to a working day (AO s. 108(3))."""
    return calendar.on_or_after(
        period.end.replace(day=int(law.number("nonresident_fees.due_day")))
    )


def render(facts: ReturnFacts) -> bytes:
    """Return the form as CSV."""
    return sheet(FORM, facts)


FORMULA: Dated[Formula] = Dated("de.est.50a", {BEGIN: of_gross})
DUE: Dated[DueRule] = Dated(f"due day of {FORM}", {BEGIN: after_the_quarter})

TAX = Tax(
    code="de.est.50a",
    title="Tax on fees of artists and owners of rights abroad, with solidarity surcharge",
    applies=applies,
    formula=FORMULA,
)
RETURN = Return(
    form=FORM,
    title="Return of tax kept back under EStG s. 50a",
    taxes=(TAX.code,),
    due=DUE,
    render=render,
    suffix="csv",
    months=3,
)
