"""Recruitment process outsourcing: a share of the first year's pay for each placement."""

from fractions import Fraction

from vendorops.domain.money import Rounding, exponent, rounded
from vendorops.domain.program import Performed, Program, Term, Values, agreed


def share_of_pay(work: Performed, values: Values, currency: str) -> int:
    """Price one placement: the agreed share of the first year's pay, to the minor unit.

    >>> placed = Performed("placement_fee", 10_000, basis_minor=500_000_00)
    >>> share_of_pay(placed, {"placement_fee": 180_000}, "CNY")
    90000000000
    """
    minor: int = rounded(
        Fraction(work.basis_minor * agreed(values, work.term), 10**6), Rounding.HALF_UP
    )
    scale: int = 10 ** (6 - exponent(currency))
    return minor * scale


PROGRAM = Program(
    code="rpo",
    title="Recruitment process outsourcing",
    title_zh="招聘流程外包",
    supplier_kinds=("rpo",),
    work_kind="placement",
    terms=(Term("placement_fee", "share", "C62", "Share of first-year pay for each placement"),),
    price=share_of_pay,
)
