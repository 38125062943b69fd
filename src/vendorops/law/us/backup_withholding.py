"""Backup withholding on payments for services whose payee gave no right taxpayer number.

Sources: 26 U.S.C. 3406(a)(1)(A) and (B) (no number; the IRS says it is wrong), (b)(6) (when a
payment is reportable at all). A person who is not of the United States is not taxed here: that
is withholding under chapter 3, on Forms W-8 and 1042-S, and the settlement warns of it.
"""

from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.finding import Finding, Level
from vendorops.domain.jurisdiction import (
    Assessment,
    Formula,
    LawOfDay,
    Situation,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.money import Money, Rounding
from vendorops.law.us.information_return import reportable

BEGIN = date(2018, 1, 1)
NUMBERED = "us_"
"""With what the schemes of taxpayer numbers begin; a payee on file with one has given it."""
WRONG = "incorrect"
"""What is recorded as `tin` once the IRS said so and withholding must begin."""
YES = "yes"
STANDING = {
    "tin": (WRONG,),
    "exempt": (YES,),
    "returned_last_year": (YES,),
    "withheld_last_year": (YES,),
}
"""What our books may not know themselves: a notice, an exemption, what was reported before."""
FOREIGN = Finding(
    "foreign-payee-not-written",
    Level.WARNING,
    "payment",
    "the payee is not of the United States: tax on work done there (26 U.S.C. 1441, Forms W-8 and "
    "1042-S) is not computed here; ask a tax adviser where the work was done",
)


def applies(facts: Situation) -> bool:
    """Tell whether the payee is of those who are reported, whatever is kept back from them."""
    return facts.standing.get("exempt") != YES


def must_withhold(facts: Situation) -> bool:
    """Tell whether the payee gave no taxpayer number, or the IRS said that it is wrong."""
    given = facts.standing.get("scheme", "").startswith(NUMBERED)
    return not given or facts.standing.get("tin") == WRONG


def first_dollar_or_threshold(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Keep back a share of the whole payment that reaches the year's threshold, and of later ones.

    Of the first dollar where a return was due for the payee last year, or tax was withheld then.
    Rounded half up to the cent.
    """
    nothing = Money(0, facts.payment.currency)
    if not facts.resident:
        return Assessment(nothing, nothing, (FOREIGN,))
    if not must_withhold(facts) or not is_reportable(facts, law):
        return Assessment(nothing, nothing)
    rate = law.number("backup_withholding.rate")
    return Assessment(facts.payment, facts.payment.times(rate, rounding=Rounding.HALF_UP))


def is_reportable(facts: WithholdingFacts, law: LawOfDay) -> bool:
    """Tell whether one of the three triggers makes a payment reportable (3406(b)(6))."""
    if YES in (facts.standing.get("returned_last_year"), facts.standing.get("withheld_last_year")):
        return True
    if facts.last_year:
        paid, withheld = facts.last_year
        before = law.day.replace(year=law.day.year - 1, month=12, day=31)
        if withheld or reportable(paid, law.on(before)):
            return True
    return reportable(facts.before_in_year + facts.payment, law)


FORMULA: Dated[Formula] = Dated("us.backup_withholding", {BEGIN: first_dollar_or_threshold})

TAX = Tax(
    code="us.backup_withholding",
    title="Backup withholding on payments for services",
    applies=applies,
    formula=FORMULA,
    reads_year=True,
)
