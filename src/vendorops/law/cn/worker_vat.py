"""VAT and surcharges that a platform files for the people working through it, month by month.

Sources: SAT Announcement 2025 No. 16, art. 2 (filing by the platform, small-scale relief); SAT
Announcement 2026 No. 4, art. 2 (the threshold is the month's). What a worker is paid is read as
sales without VAT, as its income tax reads it: the VAT comes on top.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, cast

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    DueRule,
    Inputs,
    Jurisdiction,
    LawOfDay,
    Reminder,
    Rule,
)
from vendorops.domain.money import Money, total
from vendorops.domain.periods import Calendar, Period
from vendorops.domain.tax_return import Earned, FiguresRule
from vendorops.law.cn.asking import Asked, BadInput, amount
from vendorops.law.cn.method import CUMULATIVE_BEGIN
from vendorops.law.cn.per_payment import OWN_VAT
from vendorops.law.cn.surcharges import Location, each_surcharge, without_education
from vendorops.law.cn.vat_person import MONTH, vat_on
from vendorops.law.cn.withholding_return import moved

FORM = "cn.vat.platform_workers"


class FiledMonth(Asked):
    """What a worker was paid in a month without VAT, and where the platform sits."""

    month_sales_ex_vat: str
    location: Literal["city", "county_town", "other"] = "city"


class FiledFor(Asked):
    """The month that a form is about."""

    month: str


def of_month(sales: Money, location: Location, law: LawOfDay) -> dict[str, Money]:
    """Part a worker's sales of a month into exempt and taxed ones, with VAT and surcharges."""
    nothing = Money(0, sales.currency)
    vat = vat_on(sales, MONTH, law)
    parts = each_surcharge(vat, location, law, small=True)
    if vat:
        parts = without_education(parts, sales, law)
    return {
        "sales": sales,
        "exempt_sales": nothing if vat else sales,
        "taxed_sales": sales if vat else nothing,
        "vat": vat,
        "urban": parts["urban"],
        "education": parts["edu"],
        "local_education": parts["local_edu"],
        "to_pay": total([vat, *parts.values()], sales.currency),
    }


def figures(earned: Earned, law: LawOfDay) -> Mapping[str, Money]:
    """Return what is filed for a worker; nothing for one who declares the VAT itself."""
    if earned.payee.get(OWN_VAT) == "declares":
        return {}
    location = cast("Location", earned.payer.get("surcharge_location", "city"))
    return of_month(earned.income, location, law)


def filed(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what a platform files for a worker's month."""
    asked = FiledMonth.model_validate(inputs)
    sales = amount(asked.month_sales_ex_vat, place)
    answer = of_month(sales, asked.location, place.law_of(day))
    return {name: each.text for name, each in answer.items()}


def due_day(period: Period, calendar: Calendar, law: LawOfDay) -> date:
    """Return the last day for a month's form, as for the platform's other returns."""
    return moved(period, calendar, law, int(law.number("worker_vat.due_day")))


def due(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return by when a platform files for the workers of a month."""
    period = Period.month(FiledFor.model_validate(inputs).month)
    if period.start < CUMULATIVE_BEGIN:
        raise BadInput(f"platforms file for their workers since {CUMULATIVE_BEGIN}")
    law = place.law_of(period.end)
    calendar = place.calendar(range(period.start.year, period.end.year + 2))
    return {"due": due_day(period, calendar, law).isoformat()}


RULES: dict[str, Rule] = {"vat.platform_worker.filed": filed, "vat.platform_worker.due": due}
REMINDERS = (
    Reminder(
        form=FORM,
        title="VAT and surcharges filed by a platform for its workers (代办申报)",
        months=1,
        since=CUMULATIVE_BEGIN,
        of_platforms=True,
        due=Dated[DueRule](f"due day of {FORM}", {CUMULATIVE_BEGIN: due_day}),
        taxes=("cn.iit.platform_cumulative",),
        figures=Dated[FiguresRule](f"figures of {FORM}", {CUMULATIVE_BEGIN: figures}),
    ),
)
