"""Answers of `law evaluate` on what platforms withhold (iit.platform.*, iit.student_intern)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vendorops.domain.jurisdiction import (
    Group,
    IncomeKind,
    Inputs,
    Jurisdiction,
    MonthPaid,
    PayeeKind,
    PayerKind,
    Rule,
    WithholdingFacts,
)
from vendorops.domain.money import Money, total
from vendorops.domain.periods import DAY, Period
from vendorops.domain.statute import choosing
from vendorops.law.cn.asking import Asked, BadInput, amount
from vendorops.law.cn.method import CUMULATIVE_BEGIN, INTERNS_BEGIN

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
JULY = 7
SPAN = re.compile(r"(\d{4})-(\d{2})(?:\.\.(\d{2}))?")
EACH = " each"


class MonthlyIncome(Asked):
    """Income of months from January on, none left out."""

    monthly_income: list[str]


class TwoPlatforms(Asked):
    """Income of one month from each of two platforms."""

    platform_A_month1: str  # noqa: N815 - the case's own name.
    platform_B_month1: str  # noqa: N815 - the case's own name.


class Broken(BaseModel):
    """Income by month, `0` where there was none, and how a break is read."""

    model_config = ConfigDict(extra="allow", strict=True)
    __pydantic_extra__: dict[str, str]
    policy: Literal["restart_segment", "year_income_consecutive_months"]


class Internship(Asked):
    """Pay of the first month of an internship."""

    july_pay: str
    full_time_student: bool


@dataclass
class Year:
    """What one payer pays one person in a year, month after month."""

    place: Jurisdiction
    payer: PayerKind = PayerKind.PLATFORM
    group: Group = Group.GENERAL
    paid: list[MonthPaid] = field(default_factory=list)

    def facts(self, month: Period, income: Money) -> WithholdingFacts:
        """Return the facts of the only payment of a month, made on its last day."""
        return WithholdingFacts(
            payer=self.payer,
            payee=PayeeKind.PERSON,
            resident=True,
            income_kind=IncomeKind.LABOR_REMUNERATION,
            earlier_income=Money(0, self.place.currency),
            earlier_withheld=Money(0, self.place.currency),
            payment=income,
            day=month.end - DAY,
            registered_platform=self.payer is PayerKind.PLATFORM,
            group=self.group,
            vat_kept_back=True,  # Income of a case is without VAT, which has rules of its own.
            earlier_months=tuple(each for each in self.paid if each.month[:4] == month.label[:4]),
        )

    def pay(self, month: Period, text: str) -> Money:
        """Pay a month's income and return what is kept back; nothing is paid for zero."""
        income = amount(text, self.place)
        if not income:
            return income
        kept = [tax.amount for tax in self.place.withheld(self.facts(month, income))]
        self.paid.append(MonthPaid(month.label, income, total(kept, self.place.currency)))
        return self.paid[-1].withheld


def months_from_january(day: date) -> list[Period]:
    """Return the months of the year of a day, or of the next if the method began within it.

    Raises BadInput for a day before the method began.
    """
    if day < CUMULATIVE_BEGIN:
        raise BadInput(
            f"platforms withhold by the year since {CUMULATIVE_BEGIN}, not on {day} yet"
        )
    year = day.year + (date(day.year, 1, 1) < CUMULATIVE_BEGIN)
    return [Period.month(f"{year}-{month:02}") for month in range(1, 13)]


def _in_turn(year: Year, day: date, incomes: list[str]) -> list[Money]:
    if len(incomes) > len(MONTHS):
        raise BadInput("a year has twelve months; give each year as a case of its own")
    return [year.pay(*each) for each in zip(months_from_january(day), incomes, strict=False)]


def cumulative(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what a platform keeps back from each month of a year."""
    asked = MonthlyIncome.model_validate(inputs)
    kept = _in_turn(Year(place), day, asked.monthly_income)
    return {
        "withheld": [each.text for each in kept],
        "total": total(kept, place.currency).text,
    }


def two_platforms(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what each of two platforms keeps back: neither knows of the other."""
    asked = TwoPlatforms.model_validate(inputs)
    january = months_from_january(day)[0]
    return {
        "A": Year(place).pay(january, asked.platform_A_month1).text,
        "B": Year(place).pay(january, asked.platform_B_month1).text,
    }


def year_reset(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return what is kept back of months by name, such as `2025-10..12`: `30000 each`."""
    year = Year(place)
    answer: dict[str, object] = {}
    for span, text in sorted(inputs.items()):
        months = _months(span)
        if not isinstance(text, str):
            raise BadInput(f"{span}: write the amount as text")
        kept = [year.pay(month, text.removesuffix(EACH)).text for month in months]
        answer[span if len(months) == 1 else span[:4]] = kept[0] if len(months) == 1 else kept
    return answer


def _months(span: str) -> list[Period]:
    found = SPAN.fullmatch(span)
    if not found:
        raise BadInput(f"{span!r} names no months; write 2025-10..12 or 2026-01")
    year, first, last = found.groups()
    return [Period.month(f"{year}-{at:02}") for at in range(int(first), int(last or first) + 1)]


def broken(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what is kept back of the last month, by one reading of a break before it."""
    asked = Broken.model_validate(inputs)
    told: Mapping[str, str] = asked.__pydantic_extra__
    stray = sorted(told.keys() - set(MONTHS))
    if stray or not told:
        raise BadInput(f"{', '.join(stray) or 'nothing'} is no month; write jan, feb …")
    switch = {"platform_cumulative.after_a_break": asked.policy}
    year = Year(replace(place, parameters=choosing(place.parameters, switch)))
    months = zip(MONTHS, months_from_january(day), strict=True)
    kept = {name: year.pay(month, told.get(name, "0")) for name, month in months}
    last = max(told, key=MONTHS.index)
    return {last: kept[last].text}


def old_vs_new(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what an ordinary payer keeps back of the same months, and what a platform does."""
    incomes = MonthlyIncome.model_validate(inputs).monthly_income
    old = total(_in_turn(Year(place, PayerKind.ENTERPRISE), day, incomes), place.currency)
    new = total(_in_turn(Year(place), day, incomes), place.currency)
    return {
        "per_payment_61": old.text,
        "cumulative_16": new.text,
        "saving": (old - new).text,
    }


def student_intern(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what is kept back from the first pay of an internship, by either method."""
    asked = Internship.model_validate(inputs)
    july = Period.month(f"{day.year}-{JULY:02}")
    if july.end <= INTERNS_BEGIN:
        raise BadInput(f"interns are withheld from by the year since {INTERNS_BEGIN}")
    group = Group.STUDENT_INTERN if asked.full_time_student else Group.GENERAL
    old = Year(place, PayerKind.ENTERPRISE).pay(july, asked.july_pay)
    new = Year(place, PayerKind.ENTERPRISE, group).pay(july, asked.july_pay)
    return {
        "per_payment_method": old.text,
        "cumulative_method": new.text,
        "saving": (old - new).text,
    }


RULES: dict[str, Rule] = {
    "iit.platform.cumulative": cumulative,
    "iit.platform.two_platforms": two_platforms,
    "iit.platform.year_reset": year_reset,
    "iit.platform.break_restart": broken,
    "iit.platform.break_year_income": broken,
    "iit.platform.old_vs_new": old_vs_new,
    "iit.student_intern": student_intern,
}
