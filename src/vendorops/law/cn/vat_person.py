"""VAT of natural persons: each time (day), or by the month where the platform files for them.

Sources: MOF/STA Announcement 2026 No. 10, art. 1 (1,000 yuan each time); SAT Announcement 2026
No. 4, art. 2 (who has the monthly threshold); SAT Announcement 2025 No. 16, art. 2 (filing by the
platform). Sales are without VAT.
"""

from datetime import date

from vendorops.domain.jurisdiction import (
    Duty,
    Inputs,
    Jurisdiction,
    LawOfDay,
    PayeeKind,
    Rule,
    Situation,
)
from vendorops.domain.money import Money, total
from vendorops.domain.periods import iso_day
from vendorops.law.cn.asking import Asked, amount
from vendorops.law.cn.method import CUMULATIVE_BEGIN, is_platform_worker
from vendorops.law.cn.per_payment import major
from vendorops.law.cn.vat_small_scale import levied, of_sales, reaches

EACH_TIME = "vat_person.each_time_threshold"
MONTH = "vat_small_scale.month_threshold"


class OneSale(Asked):
    """What a natural person sold on a day."""

    sale_ex_vat: str
    date: str = ""
    per_time_taxpayer: bool = True


class OneDay(Asked):
    """Several sales of a natural person."""

    sales_ex_vat: list[str]
    same_day: bool


class PlatformMonth(Asked):
    """What a platform worker sold in a month, over all that is filed for him."""

    month_sales_ex_vat: str
    proxy_filed_by_platform: bool


def vat_on(sales: Money, threshold: str, law: LawOfDay) -> Money:
    """Return the VAT on a person's sales of a day or month, by the threshold that holds for it."""
    if reaches(sales, major(law.number(threshold), sales.currency), law):
        return levied(sales, law)
    return Money(0, sales.currency)


def each_time(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT on what was sold on a day."""
    asked = OneSale.model_validate(inputs)
    law = place.law_of(iso_day(asked.date) if asked.date else day)
    threshold = EACH_TIME if asked.per_time_taxpayer else MONTH
    return of_sales(amount(asked.sale_ex_vat, place), threshold, law)


def same_day(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT on several sales: those of one day are tested together."""
    asked, law = OneDay.model_validate(inputs), place.law_of(day)
    sales = [amount(text, place) for text in asked.sales_ex_vat]
    whole = total(sales, place.currency)
    tested = [whole] if asked.same_day else sales
    vat = total([vat_on(each, EACH_TIME, law) for each in tested], place.currency)
    largest = max(tested, default=whole)
    return {"tested_amount": largest.text, "exempt": not vat, "vat": vat.text}


def platform_month(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT on a month: the monthly threshold is for those whose platform files."""
    asked, law = PlatformMonth.model_validate(inputs), place.law_of(day)
    sales = amount(asked.month_sales_ex_vat, place)
    return of_sales(sales, MONTH if asked.proxy_filed_by_platform else EACH_TIME, law)


def sells_each_time(facts: Situation) -> bool:
    """Tell whether a natural person is paid whose VAT nobody files by the month."""
    return facts.payee is PayeeKind.PERSON and not is_platform_worker(facts)


RULES: dict[str, Rule] = {
    "vat.natural_person.per_time": each_time,
    "vat.natural_person.same_day": same_day,
    "vat.platform_worker.month": platform_month,
}
DUTIES = (
    Duty(
        "vat.natural_person.per_time",
        "VAT of a natural person, each time (day)",
        sells_each_time,
        date(2023, 1, 1),
    ),
    Duty(
        "vat.platform_worker.month",
        "VAT of a platform worker, filed by the platform for the month",
        is_platform_worker,
        CUMULATIVE_BEGIN,
    ),
)
