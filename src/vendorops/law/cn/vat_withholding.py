"""VAT that a domestic unit withholds from the natural person it pays, since 2026-11-01.

Sources: VAT Implementing Regulations, art. 35; MOF/STA Announcement 2026 No. 28, whose text could
not be read: rate, threshold and whether the price includes the VAT are switches; SAT Announcement
2026 No. 19 (the form). Surcharges follow the VAT.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Duty,
    IncomeKind,
    Inputs,
    Jurisdiction,
    LawOfDay,
    PayeeKind,
    PayerKind,
    Rule,
    Situation,
    WithholdingFacts,
)
from vendorops.domain.money import Money, total
from vendorops.domain.periods import iso_day
from vendorops.law.cn.asking import Asked, amount, part, without
from vendorops.law.cn.method import is_platform_worker
from vendorops.law.cn.per_payment import major
from vendorops.law.cn.surcharges import Location, each_surcharge, without_education
from vendorops.law.cn.vat_person import EACH_TIME
from vendorops.law.cn.vat_small_scale import reaches

BEGIN = date(2026, 11, 1)


class PersonPaid(Asked):
    """A payment to a natural person, as agreed, and where its VAT belongs."""

    gross: str
    pay_date: str = ""
    city: Literal["city", "urban", "county_town", "other"] = "city"
    service: str = "services"
    """What is paid for, in words; all of it is labour remuneration."""


@dataclass(frozen=True)
class Parts:
    """What a payment as agreed is made of."""

    sales: Money
    """Without VAT: what income tax is on."""
    vat: Money


def nothing(gross: Money, _law: LawOfDay) -> Parts:
    """Before the duty began, nothing is withheld."""
    return Parts(gross, Money(0, gross.currency))


def withheld(gross: Money, law: LawOfDay) -> Parts:
    """Part a payment of a day into sales and the VAT that is kept back."""
    at = _rate(law)
    included = law.text("vat_withholding.price") == "includes_vat"
    sales = without(gross, at) if included else gross
    small = law.text("vat_withholding.threshold") == "each_time"
    if small and not reaches(sales, major(law.number(EACH_TIME), gross.currency), law):
        return nothing(gross, law)
    return Parts(sales, gross - sales if included else part(sales, at))


def _rate(law: LawOfDay) -> Fraction:
    if law.text("vat_withholding.rate") == "levy_rate":
        return Fraction(law.number("vat_small_scale.levy_rate"))
    return Fraction(law.number("vat_small_scale.reduced_rate"))


FORMULA: Dated[Callable[[Money, LawOfDay], Parts]] = Dated(
    "cn.vat.withheld from natural persons", {date(2019, 1, 1): nothing, BEGIN: withheld}
)


def natural_person(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT, surcharges and income tax kept back from a payment to a natural person."""
    asked = PersonPaid.model_validate(inputs)
    day = iso_day(asked.pay_date) if asked.pay_date else day
    law, gross = place.law_of(day), amount(asked.gross, place)
    parts = FORMULA.on(day)(gross, law)
    location: Location = "city" if asked.city == "urban" else asked.city
    extra = each_surcharge(parts.vat, location, law, small=True)
    if parts.vat:
        extra = without_education(extra, parts.sales, law)
    answers = place.withheld(_labor(parts.sales, day))
    income_tax = total([answer.amount for answer in answers], place.currency)
    return {
        "sales": parts.sales.text,
        "vat_withheld": parts.vat.text,
        "urban_tax_halved": extra["urban"].text,
        "surcharges": total(list(extra.values()), place.currency).text,
        "iit_per_payment_on_ex_vat": income_tax.text,
    }


def _labor(payment: Money, day: date) -> WithholdingFacts:
    none = Money(0, payment.currency)
    return WithholdingFacts(
        payer=PayerKind.ENTERPRISE,
        payee=PayeeKind.PERSON,
        resident=True,
        income_kind=IncomeKind.LABOR_REMUNERATION,
        earlier_income=none,
        earlier_withheld=none,
        payment=payment,
        day=day,
        vat_kept_back=True,
    )


def concerns(facts: Situation) -> bool:
    """Tell whether a unit pays a natural person whose VAT no platform files."""
    return facts.payee is PayeeKind.PERSON and not is_platform_worker(facts)


RULES: dict[str, Rule] = {"vat.withholding.natural_person": natural_person}
DUTIES = (
    Duty(
        "vat.withholding.natural_person",
        "VAT withheld from a natural person by who pays",
        concerns,
        BEGIN,
    ),
)
