"""Income tax withheld from salaries, cumulatively: what employing a person instead would cost.

Source: SAT Announcement 2018 No. 61, art. 6.
"""

from datetime import date

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, Rule
from vendorops.domain.money import Money
from vendorops.law.cn.asking import Asked, BadInput, amount
from vendorops.law.cn.per_payment import by_brackets, major

MONTHS = 12


class Salary(Asked):
    """The same pay and deductions in each of some months from January on."""

    monthly: str
    special_deduction: str = "0"
    additional: str = "0"
    months: int


def cumulative(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what is kept back in each month."""
    asked, law = Salary.model_validate(inputs), place.law_of(day)
    if not 1 <= asked.months <= MONTHS:
        raise BadInput(f"{asked.months} months; a year has one to twelve")
    basic = major(law.number("comprehensive.monthly_deduction"), place.currency)
    less = basic + amount(asked.special_deduction, place) + amount(asked.additional, place)
    a_month = amount(asked.monthly, place) - less
    table = law.brackets("comprehensive.brackets")
    none = Money(0, place.currency)
    kept: list[Money] = []
    for month in range(1, asked.months + 1):
        due = by_brackets(max(none, Money(a_month.minor * month, place.currency)), table)
        kept.append(max(none, due - sum(kept, none)))
    return {"withheld": [each.text for each in kept]}


RULES: dict[str, Rule] = {"iit.salary.cumulative": cumulative}
