"""VAT that our company keeps back from the natural persons it pays, once it says that it does.

Source: VAT Implementing Regulations, art. 35, since 2026-11-01. Because MOF/STA Announcement 2026
No. 28 could not be read, nothing is kept back until a company's own word is recorded: the fact
`persons_vat`, from its day on. What is paid on one day is one sale. An invoice that shows VAT was
written by the tax office, which took the VAT then; a payee of whom `vat=declares` is recorded
declares it itself.
"""

from dataclasses import replace
from fractions import Fraction

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    Formula,
    LawOfDay,
    LeviedOn,
    Situation,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.law.cn.per_payment import OWN_VAT, PERSONS_VAT, kept_back, taken_otherwise
from vendorops.law.cn.vat_withholding import BEGIN, FORMULA, concerns

STANDING = {OWN_VAT: ("declares",)}
PAYER_STANDING = {
    PERSONS_VAT: ("withheld",),
    "surcharge_location": ("city", "county_town", "other"),
}


class VatOnTop(Refused):
    """The price is read to be without the VAT, which cannot be kept back from it."""


def applies(facts: Situation) -> bool:
    """Tell whether a unit that keeps VAT back pays a person whose VAT nobody else declares."""
    says = facts.payer_standing.get(PERSONS_VAT) == "withheld"
    return says and facts.day >= BEGIN and concerns(facts) and not taken_otherwise(facts)


def of_day(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Keep back the VAT of all that is paid on the day, less what was kept back before.

    Raises VatOnTop where the law is read so that the VAT comes on top of the price.
    """
    if law.text("vat_withholding.price") != "includes_vat":
        raise VatOnTop(
            "E_VAT_ON_TOP: vat_withholding.price reads prices as without VAT; a settlement cannot "
            "pay more than was agreed: agree on the price with VAT, or take that reading back"
        )
    nothing = Money(0, facts.payment.currency)
    before = facts.day_income or nothing
    parts, was = (FORMULA.on(law.day)(of, law) for of in (before + facts.payment, before))
    answer = kept_back(
        facts, Fraction(parts.sales.minor), lambda _: parts.vat, facts.day_vat or nothing
    )
    return replace(answer, added=min(max(parts.sales - was.sales, nothing), facts.payment))


TAX = Tax(
    code="cn.vat.natural_person",
    title="VAT kept back from natural persons",
    applies=applies,
    formula=Dated[Formula]("cn.vat.natural_person", {BEGIN: of_day}),
    levied_on=LeviedOn.SALES,
)
