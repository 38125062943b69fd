"""Surcharges on the VAT that our company keeps back from the natural persons it pays.

Source: SAT Announcement 2026 No. 19: one form declares the VAT and its surcharges. Natural persons
are small payers. Where the payer sits decides the rate of the urban surcharge: its own fact
`surcharge_location`, a city unless it says otherwise.
"""

from typing import cast

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    Formula,
    LawOfDay,
    LeviedOn,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.money import Money, total
from vendorops.law.cn.surcharges import Location, each_surcharge, without_education
from vendorops.law.cn.vat_withholding import BEGIN
from vendorops.law.cn.withheld_vat import applies


def on_vat(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Keep back the surcharges on this payment's VAT, as far as anything is left to take."""
    currency = facts.payment.currency
    nothing = Money(0, currency)
    vat = min(facts.vat or nothing, facts.payment)
    if not vat:
        return Assessment(nothing, nothing, added=nothing)
    location = cast("Location", facts.payer_standing.get("surcharge_location", "city"))
    parts = each_surcharge(vat, location, law, small=True)
    parts = without_education(parts, facts.month_income, law)
    left = facts.payment if facts.left is None else facts.left
    amount = min(total([*parts.values()], currency), left)
    return Assessment(vat, amount, added=vat)


TAX = Tax(
    code="cn.surcharges.natural_person",
    title="Surcharges on VAT kept back from natural persons",
    applies=applies,
    formula=Dated[Formula]("cn.surcharges.natural_person", {BEGIN: on_vat}),
    levied_on=LeviedOn.VAT,
)
