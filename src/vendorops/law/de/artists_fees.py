"""Fees that count for the levy on artists' fees: remembered when paid, reported for the year.

Nothing is kept back: the levy is owed by who pays, on top (KSVG s. 25, 27). Who is an artist or
publicist is recorded of the payee, as `artist`.
"""

from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    DueRule,
    Formula,
    LawOfDay,
    PayeeKind,
    Return,
    ReturnFacts,
    Situation,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.money import Money
from vendorops.domain.periods import Calendar, Period
from vendorops.law.de._sheet import sheet
from vendorops.law.de.artists_levy import OWN_ADVERTISING, levy_on

FORM = "de.ksa.report"
BEGIN = date(2023, 1, 1)
STANDING = {"artist": ("yes",)}


def applies(facts: Situation) -> bool:
    """Tell whether a self-employed artist or publicist is paid, at home or abroad."""
    return facts.payee is not PayeeKind.COMPANY and facts.standing.get("artist") == "yes"


def counted(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Count the whole fee, without VAT; keep back nothing."""
    law.number("artists_levy.rate")
    return Assessment(facts.payment, Money(0, facts.payment.currency))


def last_of_march(period: Period, calendar: Calendar, law: LawOfDay) -> date:
    """Return the last day for the report of a year."""
    return calendar.on_or_after(date(period.end.year, 3, int(law.number("artists_fees.due_day"))))


def render(facts: ReturnFacts) -> bytes:
    """Return the report as CSV, with the levy by either kind of payer behind the fees."""
    if facts.law is None:
        raise TypeError("the form is filled by the law of its year; ask the place to render it")
    fees = facts.totals[1]
    levies = [
        (f"levy: {who}", levy_on(fees, facts.law, typical=who != OWN_ADVERTISING).text)
        for who in (OWN_ADVERTISING, "typical exploiter")
    ]
    return sheet(FORM, facts, levies)


FORMULA: Dated[Formula] = Dated("fees for the levy on artists' fees", {BEGIN: counted})
DUE: Dated[DueRule] = Dated(f"due day of {FORM}", {BEGIN: last_of_march})

TAX = Tax(
    code="de.ksa",
    title="Fees that count for the levy on artists' fees",
    applies=applies,
    formula=FORMULA,
)
RETURN = Return(
    form=FORM,
    title="Yearly report of fees to artists and publicists",
    taxes=(TAX.code,),
    due=DUE,
    render=render,
    suffix="csv",
    months=12,
)
