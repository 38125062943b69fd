"""Staffing agency, labour dispatch: hours at a bill rate, overtime and rest days dearer.

What the supplier lays out for us, such as wages and social insurance of a headcount bill and
expenses, is a share of what it paid: all of it where the parties agreed on 1.
"""

from fractions import Fraction

from vendorops.domain.contract_facts import Overtime
from vendorops.domain.money import Rounding, rounded
from vendorops.domain.program import Performed, Program, Term, Values, agreed, share_of_basis

OVERTIME = Overtime(workday_e6=1_500_000, rest_day_e6=2_000_000, holiday_e6=3_000_000)
"""What is written into a contract whose parties chose nothing else (Labour Law, art. 44)."""
MULTIPLES = {
    "overtime_hours": ("regular_hours", "overtime_workday"),
    "double_hours": ("regular_hours", "overtime_rest_day"),
    "holiday_hours": ("regular_hours", "overtime_holiday"),
}
"""Kinds of hour that cost a multiple of the regular one, unless they have a price of their own."""
LAID_OUT = ("wages", "social_insurance", "expense")
"""What is passed through at a share of the amount paid."""


def hourly_price(work: Performed, values: Values, currency: str) -> int:
    """Price one hour: as agreed for its kind, else the agreed multiple of the regular rate.

    >>> agreed_values = {"regular_hours": 60_000_000, "overtime_workday": 1_500_000}
    >>> hourly_price(Performed("overtime_hours", 20_000), agreed_values, "CNY")
    90000000
    """
    if work.term in LAID_OUT:
        return share_of_basis(work, agreed(values, work.term), currency)
    if work.term in values or work.term not in MULTIPLES:
        return agreed(values, work.term)
    regular, multiple = (agreed(values, name) for name in MULTIPLES[work.term])
    return rounded(Fraction(regular * multiple, 10**6), Rounding.HALF_UP)


PROGRAM = Program(
    code="staffing",
    title="Staffing agency",
    title_zh="劳务派遣",
    supplier_kinds=("staffing",),
    work_kind="timesheet",
    terms=(
        Term("regular_hours", "price", "HUR", "Hour worked"),
        Term("overtime_hours", "price", "HUR", "Overtime hour on a working day"),
        Term("double_hours", "price", "HUR", "Hour on a rest day"),
        Term("holiday_hours", "price", "HUR", "Hour on a public holiday"),
        Term("headcount_month", "price", "MON", "One person for a month, all included"),
        Term("service_fee", "price", "MON", "Fee for one person for a month"),
        Term("wages", "share", "C62", "Wages passed through"),
        Term("social_insurance", "share", "C62", "Social insurance passed through"),
        Term("expense", "share", "C62", "Expenses paid back"),
    ),
    price=hourly_price,
    overtime=OVERTIME,
    multiples=MULTIPLES,
)
