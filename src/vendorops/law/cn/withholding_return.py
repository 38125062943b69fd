"""The monthly return of individual income tax withheld (individual income tax withholding form).

Sources: Individual Income Tax Law 2018, art. 14 (day 15 of the next month); Rules of the Tax
Collection Law, art. 109 (holidays); the tax offices extend by working days.
"""

import csv
import io
from datetime import date
from itertools import groupby

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import DueRule, LawOfDay, Return, ReturnFacts
from vendorops.domain.periods import DAY, Calendar, Period

FORM = "cn.iit.withholding"
COLUMNS = [
    "form",
    "period",
    "agent",
    "payee",
    "identity",
    "tax",
    "income",
    "base",
    "withheld",
    "rule_version",
]


def fifteenth_moved(period: Period, calendar: Calendar, law: LawOfDay) -> date:
    """Return day 15 of the next month, or later by the holidays that fall before it."""
    return moved(period, calendar, law, int(law.number("withholding_return.due_day")))


def moved(period: Period, calendar: Calendar, law: LawOfDay, due_day: int) -> date:
    """Return a day of the next month, or later by the holidays that fall before it."""
    law.number("withholding_return.holiday_notice")
    last = period.end.replace(day=due_day)
    least = int(law.number("withholding_return.least_holidays"))
    lost = long_holidays(Period(period.end, last + DAY), calendar, least)
    day = last
    for _ in range(lost):
        day = calendar.on_or_after(day + DAY)
    return calendar.on_or_after(day)


def long_holidays(window: Period, calendar: Calendar, least: int) -> int:
    """Count the days of holidays that last long enough, weekends inside them included."""
    days = [window.start + at * DAY for at in range((window.end - window.start).days)]
    runs = [list(run) for free, run in groupby(days, lambda d: not calendar.is_working(d)) if free]
    holidays = [run for run in runs if any(day in calendar.holidays for day in run)]
    return sum(len(run) for run in holidays if len(run) >= least)


def render(facts: ReturnFacts) -> bytes:
    """Return the form as CSV in UTF-8: a row per payee, item and tax, and a row of totals."""
    return written(FORM, facts)


def written(form: str, facts: ReturnFacts) -> bytes:
    """Return any form of this place that has these columns."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    head = (form, facts.period.label, facts.agent)
    writer.writerow(COLUMNS)
    for row in facts.in_order:
        amounts = (row.income.text, row.base.text, row.withheld.text)
        writer.writerow((*head, row.payee, row.identity, row.tax, *amounts, row.version))
    writer.writerow((*head, "total", "", "", *(amount.text for amount in facts.totals), ""))
    return text.getvalue().encode()


DUE: Dated[DueRule] = Dated(f"due day of {FORM}", {date(2019, 1, 1): fifteenth_moved})

RETURN = Return(
    form=FORM,
    title="Individual income tax withholding return",
    taxes=(
        "cn.iit.labor_remuneration",
        "cn.iit.author_remuneration",
        "cn.iit.royalty",
        "cn.iit.nonresident",
        "cn.iit.platform_cumulative",
        "cn.iit.student_intern",
        "cn.iit.commission",
    ),
    due=DUE,
    render=render,
    suffix="csv",
)
