"""Staffing agency, labour dispatch: hours at a bill rate, overtime and rest days dearer."""

from fractions import Fraction

from vendorops.domain.money import Rounding, rounded
from vendorops.domain.program import Performed, Program, Term, Values, agreed

MULTIPLES_E1 = {"regular_hours": 10, "overtime_hours": 15, "double_hours": 20}
"""Tenths of the regular rate, where the contract itself says nothing else of a kind of hour."""


def hourly_price(work: Performed, values: Values, currency: str) -> int:
    """Price one hour: as agreed for its kind, else the multiple of the regular rate.

    >>> hourly_price(Performed("overtime_hours", 20_000), {"regular_hours": 60_000_000}, "CNY")
    90000000
    """
    del currency
    if work.term in values or work.term not in MULTIPLES_E1:
        return agreed(values, work.term)
    regular = agreed(values, "regular_hours")
    return rounded(Fraction(regular * MULTIPLES_E1[work.term], 10), Rounding.HALF_UP)


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
    ),
    price=hourly_price,
)
