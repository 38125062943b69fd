"""Income tax on business income of sole traders, which they declare themselves.

Sources: Individual Income Tax Law 2018, annex table 2 and art. 12; MOF/STA Announcement 2023
No. 12, art. 1 (half of the tax on the first two million, 2023 to 2027, books or approval alike);
Implementing Regulations, art. 15 (approved collection, a decision of the tax office that is
recorded and never assumed).
"""

from datetime import date
from fractions import Fraction

from vendorops.domain.finding import Finding
from vendorops.domain.jurisdiction import (
    Duty,
    Inputs,
    Jurisdiction,
    LawOfDay,
    PayeeKind,
    Rule,
    Situation,
)
from vendorops.domain.money import Money
from vendorops.domain.periods import iso_day
from vendorops.law.cn.asking import Asked, amount, part, rate, warning
from vendorops.law.cn.per_payment import by_brackets, major

BEGIN = date(2019, 1, 1)
HALVING_BEGIN = date(2023, 1, 1)


class Annual(Asked):
    """Taxable business income of a year."""

    annual_taxable: str


class Relieved(Annual):
    """The same, with tax that other reliefs take off already."""

    other_relief: str = "0"


class Approved(Asked):
    """Revenue of a year whose taxable share the tax office has approved."""

    revenue: str
    taxable_rate: str
    approval_document: str = ""
    valid_to: str = ""
    """Last day of the approval."""


def tax_on(taxable: Money, law: LawOfDay) -> Money:
    """Return the tax by the table of five lines."""
    return by_brackets(taxable, law.brackets("business_income.brackets"))


def halved(taxable: Money, other: Money, law: LawOfDay) -> Money:
    """Return the relief: half the tax on what is below the limit, after its share of others."""
    limit = major(law.number("business_income.halved_to"), taxable.currency)
    below = min(taxable, limit)
    if not below:
        return below
    its_share = part(other, Fraction(below.minor, taxable.minor))
    left = max(tax_on(below, law) - its_share, Money(0, taxable.currency))
    return part(left, Fraction(law.number("business_income.relieved_share")))


def by_the_books(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the tax on a year's income."""
    asked = Annual.model_validate(inputs)
    return {"tax": tax_on(amount(asked.annual_taxable, place), place.law_of(day)).text}


def half_relief(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what a sole trader is relieved of, and what is left to pay."""
    asked, law = Relieved.model_validate(inputs), place.law_of(day)
    taxable, other = (amount(text, place) for text in (asked.annual_taxable, asked.other_relief))
    whole = tax_on(taxable, law)
    relief = halved(taxable, other, law)
    return {
        "half_relief": relief.text,
        "payable": max(whole - other - relief, Money(0, place.currency)).text,
    }


def approved(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the tax on an approved share of the revenue, before and after the relief."""
    asked, law = Approved.model_validate(inputs), place.law_of(day)
    taxable = part(amount(asked.revenue, place), rate(asked.taxable_rate))
    whole = tax_on(taxable, law)
    relief = halved(taxable, Money(0, place.currency), law)
    return {
        "taxable": taxable.text,
        "tax": whole.text,
        "after_half_relief": (whole - relief).text,
        "findings": _unproved(asked, day),
    }


def _unproved(asked: Approved, day: date) -> tuple[Finding, ...]:
    if not (asked.approval_document and asked.valid_to):
        said = "record document and last day of the approval; without it tax follows the books"
        return (warning("approval-not-recorded", "approval_document", said),)
    last = iso_day(asked.valid_to)
    if last < day:
        return (warning("approval-over", "valid_to", f"the approval ended on {last}; renew it"),)
    return ()


def is_sole_trader(facts: Situation) -> bool:
    """Tell whether a registered sole trader is paid."""
    return facts.payee is PayeeKind.SOLE_TRADER


RULES: dict[str, Rule] = {
    "iit.business_income": by_the_books,
    "iit.individual_business.half_relief": half_relief,
    "iit.approved_collection": approved,
}
DUTIES = (
    Duty("iit.business_income", "Business income, declared by the payee", is_sole_trader, BEGIN),
    Duty(
        "iit.individual_business.half_relief",
        "Half of a sole trader's tax on the first two million",
        is_sole_trader,
        HALVING_BEGIN,
        date(2028, 1, 1),
    ),
)
