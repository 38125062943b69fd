"""How many dispatched workers a company may use beside its own employees (LD-7)."""

from datetime import date
from fractions import Fraction
from math import floor

from vendorops.domain.dated import Dated

CAP = Dated(
    "share of dispatched workers among all",
    {date(2014, 3, 1): Fraction(1, 10)},
)
"""Interim Provisions on Labour Dispatch, art. 4; Labour Contract Law, art. 66 delegates it."""


def most_dispatched(employees: int, day: date) -> int:
    """Return the largest D with D / (E + D) within the share: floor(E / 9) at a tenth.

    >>> most_dispatched(90, date(2026, 11, 1)), most_dispatched(89, date(2026, 11, 1))
    (10, 9)
    """
    share = CAP.on(day)
    return floor(employees * share / (1 - share))
