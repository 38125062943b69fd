"""A platform worker's first month in one sum: VAT, surcharges, income tax, and what is paid out.

The parts are those of vat.platform_worker.month, surcharges and iit.platform.cumulative. Whether
surcharges are taken off before income tax is a switch.
"""

from datetime import date
from typing import Literal

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, Rule
from vendorops.domain.money import total
from vendorops.law.cn.asking import Asked, BadInput, amount
from vendorops.law.cn.platform_rules import Year, months_from_january
from vendorops.law.cn.surcharges import Location, each_surcharge, without_education
from vendorops.law.cn.vat_person import MONTH, vat_on


class FirstMonth(Asked):
    """A month's sales without VAT, the worker's first on this platform."""

    month_sales_ex_vat: str
    first_month: bool
    city: Literal["city", "urban", "county_town", "other"]


def combined(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what is taken of a month's gross amount, and what the worker gets."""
    asked, law = FirstMonth.model_validate(inputs), place.law_of(day)
    if not asked.first_month:
        raise BadInput("a later month depends on those before; ask for iit.platform.cumulative")
    sales = amount(asked.month_sales_ex_vat, place)
    vat = vat_on(sales, MONTH, law)
    location: Location = "city" if asked.city == "urban" else asked.city
    parts = each_surcharge(vat, location, law, small=True)
    if vat:
        parts = without_education(parts, sales, law)
    extra = total(list(parts.values()), place.currency)
    deducted = law.text("platform_cumulative.surcharges") == "deducted"
    income = sales - extra if deducted else sales
    income_tax = Year(place).pay(months_from_january(day)[0], income.text)
    gross = sales + vat
    name = f"cash_from_gross_{gross.text.removesuffix('.00')}"
    return {
        "vat": vat.text,
        "surcharges": extra.text,
        "iit": income_tax.text,
        name: (gross - vat - extra - income_tax).text,
    }


RULES: dict[str, Rule] = {"platform.combined_settlement": combined}
