"""Invoices that recyclers of scrap write for the natural persons they buy from (反向开票).

Source: SAT Announcement 2024 No. 5, art. 13 and 14: VAT by the month, income tax as business
income prepaid on the sales. For scrap only: there is nothing of the kind for services.
"""

from datetime import date
from fractions import Fraction
from typing import Literal

from vendorops.domain.jurisdiction import (
    Duty,
    Inputs,
    Jurisdiction,
    PayeeKind,
    PayerKind,
    Rule,
    Situation,
)
from vendorops.domain.money import Money
from vendorops.law.cn.asking import Asked, amount, part
from vendorops.law.cn.vat_small_scale import levied

BEGIN = date(2024, 4, 29)


class Scrap(Asked):
    """Scrap that a natural person sold in a month, without VAT."""

    seller: Literal["natural_person"]
    sales_ex_vat: str
    month_total_reaches_threshold: bool


def scrap(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT and the income tax prepaid on scrap."""
    asked, law = Scrap.model_validate(inputs), place.law_of(day)
    sales = amount(asked.sales_ex_vat, place)
    taxed = asked.month_total_reaches_threshold
    vat = levied(sales, law) if taxed else Money(0, place.currency)
    prepaid = part(sales, Fraction(law.number("reverse_invoice.income_tax_rate")))
    return {"vat_1pct": vat.text, "iit_prepay_0_5pct": prepaid.text}


def concerns(facts: Situation) -> bool:
    """Tell whether a recycler pays a natural person."""
    return facts.payer is PayerKind.RECYCLER and facts.payee is PayeeKind.PERSON


RULES: dict[str, Rule] = {"reverse_invoice.scrap": scrap}
DUTIES = (Duty("reverse_invoice.scrap", "Invoice that the recycler writes", concerns, BEGIN),)
