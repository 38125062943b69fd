"""Surcharges on the VAT that is paid: urban maintenance, education, local education.

Sources: Urban Maintenance and Construction Tax Law, art. 4; education 3 % and local education 2 %;
MOF/STA Announcement 2023 No. 12, art. 2 (small-scale payers pay half, to 2027); Caishui [2016]
No. 12 (no education surcharges on small monthly sales).
"""

from datetime import date
from fractions import Fraction
from typing import Literal

from vendorops.domain.jurisdiction import (
    Duty,
    Inputs,
    Jurisdiction,
    LawOfDay,
    Rule,
)
from vendorops.domain.money import Money, total
from vendorops.law.cn.asking import Asked, amount, part
from vendorops.law.cn.method import CUMULATIVE_BEGIN, is_platform_worker
from vendorops.law.cn.per_payment import major

Location = Literal["city", "county_town", "other"]
PARTS = ("urban", "edu", "local_edu")
EXEMPT = "exempt"
RELIEVED = "surcharges.education_on_small_sales"


class OnVat(Asked):
    """VAT that is paid, and where and by whom."""

    vat_paid: str
    location: Literal["city", "urban", "county_town", "other"]
    small_scale: bool
    month_sales_ex_vat: str = ""
    """Where it is told, education surcharges on small monthly sales are left out."""


def factor(name: str, location: Location, law: LawOfDay, *, small: bool) -> Fraction:
    """Return which share of the VAT one of the surcharges is."""
    at = f"urban_{location}" if name == "urban" else name
    whole = Fraction(law.number(f"surcharges.{at}"))
    return whole * Fraction(law.number("surcharges.small_payer_share")) if small else whole


def each_surcharge(
    vat: Money, location: Location, law: LawOfDay, *, small: bool
) -> dict[str, Money]:
    """Return the surcharges on some VAT by their names, each rounded half up to the fen."""
    return {name: part(vat, factor(name, location, law, small=small)) for name in PARTS}


def without_education(parts: dict[str, Money], sales: Money, law: LawOfDay) -> dict[str, Money]:
    """Return surcharges without those on education where a month's sales are small."""
    most = major(law.number("surcharges.small_month_sales"), sales.currency)
    if sales > most or law.text(RELIEVED) != EXEMPT:
        return parts
    none = Money(0, sales.currency)
    return {name: each if name == "urban" else none for name, each in parts.items()}


def surcharges(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the surcharges on VAT in full and, for small payers, halved."""
    asked, law = OnVat.model_validate(inputs), place.law_of(day)
    vat = amount(asked.vat_paid, place)
    location: Location = "city" if asked.location == "urban" else asked.location
    answer: dict[str, object] = {}
    for name, small in (("full", False), ("halved", True)):
        if small and not asked.small_scale:
            continue
        parts = each_surcharge(vat, location, law, small=small)
        if asked.month_sales_ex_vat:
            parts = without_education(parts, amount(asked.month_sales_ex_vat, place), law)
        whole = total(list(parts.values()), place.currency)
        answer[name] = {**{key: each.text for key, each in parts.items()}, "total": whole.text}
    return answer


RULES: dict[str, Rule] = {"surcharges": surcharges}

DUTIES = (
    Duty(
        "surcharges",
        "Surcharges on the VAT filed for a worker",
        is_platform_worker,
        CUMULATIVE_BEGIN,
    ),
)
