"""The return of VAT and surcharges that domestic units keep back from natural persons.

Sources: SAT Announcement 2026 No. 19 (境内单位代扣代缴自然人增值税及附加税费申报表); VAT Law,
art. 30 (15 days after the period), by the month; Rules of the Tax Collection Law, art. 109.
"""

from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import DueRule, LawOfDay, Return, ReturnFacts
from vendorops.domain.periods import Calendar, Period
from vendorops.law.cn.vat_withholding import BEGIN
from vendorops.law.cn.withholding_return import moved, written

FORM = "cn.vat.withholding"


def due_day(period: Period, calendar: Calendar, law: LawOfDay) -> date:
    """Return day 15 of the next month, or later by the holidays that fall before it."""
    return moved(period, calendar, law, int(law.number("withholding_vat_return.due_day")))


def render(facts: ReturnFacts) -> bytes:
    """Return the form as CSV in UTF-8: a row per payee and tax, and a row of totals."""
    return written(FORM, facts)


RETURN = Return(
    form=FORM,
    title="VAT and surcharges withheld from natural persons",
    taxes=("cn.vat.natural_person", "cn.surcharges.natural_person"),
    due=Dated[DueRule](f"due day of {FORM}", {BEGIN: due_day}),
    render=render,
    suffix="csv",
)
