"""What an internet platform must report, by when, and what it costs not to.

Sources: State Council Decree 810, art. 3 (basic information), 4 (quarterly reports), 10 (fines);
SAT/MIIT/CAC Announcement 2025 No. 22 (what is serious). Whether a last day on a weekend moves is
not settled: a switch.
"""

import re
from datetime import date
from typing import Literal

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    DueRule,
    Duty,
    Inputs,
    Jurisdiction,
    LawOfDay,
    PayerKind,
    Reminder,
    Rule,
    Situation,
)
from vendorops.domain.money import Money
from vendorops.domain.periods import DAY, Calendar, Period, iso_day
from vendorops.law.cn.asking import Asked, BadInput
from vendorops.law.cn.per_payment import major

BEGIN = date(2025, 6, 20)
QUARTER = re.compile(r"(20\d\d)Q([1-4])", re.ASCII)


class Quarter(Asked):
    """A quarter such as 2026Q1."""

    quarter: str


class Start(Asked):
    """The day on which internet business began."""

    business_start: str


class Violation(Asked):
    """What a platform did, how often in a year, and whether it obeyed an order to correct it."""

    violation: Literal["late", "omitted", "concealed", "false", "income_split", "forged"]
    corrected_after_order: bool
    times_in_year: int = 1


REPEATED = {"late": "late", "omitted": "late", "concealed": "concealed", "false": "concealed"}
"""Which count makes a violation serious; the others always are."""


def report_due(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the last day for a quarter's report: within the month after it."""
    asked = Quarter.model_validate(inputs)
    found = QUARTER.fullmatch(asked.quarter)
    if not found:
        raise BadInput(f"{asked.quarter!r} is no quarter; write 2026Q1")
    year, quarter = (int(group) for group in found.groups())
    if (year, quarter) < (BEGIN.year, 3):
        raise BadInput("the first report is of 2025Q3; nothing is asked for earlier quarters")
    after = Period.month(f"{year + quarter // 4}-{quarter % 4 * 3 + 1:02}")
    law, nominal = place.law_of(after.start), after.end - DAY
    calendar = place.calendar(range(after.start.year, after.start.year + 2))
    due = _moved(nominal, calendar, law)
    return {"nominal_due": nominal.isoformat(), "due": due.isoformat()}


def _moved(nominal: date, calendar: Calendar, law: LawOfDay) -> date:
    moves = law.text("platform_report.last_day") == "next_working_day"
    return calendar.on_or_after(nominal) if moves else nominal


def month_after(period: Period, calendar: Calendar, law: LawOfDay) -> date:
    """Return the last day of the month after a quarter."""
    return _moved(Period.month_of(period.end).end - DAY, calendar, law)


def basic_information_due(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the last day for the basic information of a platform."""
    start = iso_day(Start.model_validate(inputs).business_start)
    law = place.law_of(max(start, BEGIN))
    if start < BEGIN:
        return {"due": law.text("platform_report.first_window_ends")}
    days = int(law.number("platform_report.basic_information_days"))
    return {"due": (start + days * DAY).isoformat()}


def penalty(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the fine, in whole yuan, and whether business may be suspended."""
    asked, law = Violation.model_validate(inputs), place.law_of(day)
    if asked.corrected_after_order:
        return {"fine_min": "0", "fine_max": "0", "serious": False, "suspension": False}
    serious = _is_serious(asked, law)
    least, most = ("serious_least", "serious_most") if serious else ("least", "most")
    return {
        "fine_min": _yuan(law, f"platform_report.{least}_fine", place),
        "fine_max": _yuan(law, f"platform_report.{most}_fine", place),
        "serious": serious,
        "suspension": serious,
    }


def _is_serious(asked: Violation, law: LawOfDay) -> bool:
    if asked.violation not in REPEATED:
        return True
    count = law.number(f"platform_report.serious_{REPEATED[asked.violation]}_times")
    return asked.times_in_year >= count


def _yuan(law: LawOfDay, name: str, place: Jurisdiction) -> str:
    fine: Money = major(law.number(name), place.currency)
    return fine.text.removesuffix(".00")


def is_platform(facts: Situation) -> bool:
    """Tell whether a platform pays."""
    return facts.payer is PayerKind.PLATFORM


RULES: dict[str, Rule] = {
    "platform_report.due": report_due,
    "platform_report.basic_info_due": basic_information_due,
    "platform_report.penalty": penalty,
}
DUE: Dated[DueRule] = Dated("due day of the report of platforms", {BEGIN: month_after})
REMINDERS = (
    Reminder(
        form="cn.platform.report",
        title="Quarterly report of identities and income of people working through a platform",
        months=3,
        since=date(2025, 7, 1),
        of_platforms=True,
        due=DUE,
    ),
)
DUTIES = (
    Duty("platform_report.basic_info_due", "Basic information of a platform", is_platform, BEGIN),
    Duty("platform_report.due", "Quarterly report of identities and income", is_platform, BEGIN),
)
