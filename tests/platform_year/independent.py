"""What the year's facts alone come to: the cumulative method once more, in fractions.

Source: SAT Announcement 2025 No. 16, art. 1; SAT Announcement 2018 No. 61, art. 6. A month without
income begins the count anew, as the law shelf's switch stands.
"""

from fractions import Fraction

from tests.platform_year.drawing import Freelancer

YUAN = 100
BRACKETS = (
    (36_000, Fraction(3, 100), 0),
    (144_000, Fraction(10, 100), 2_520),
    (300_000, Fraction(20, 100), 16_920),
    (420_000, Fraction(25, 100), 31_920),
    (660_000, Fraction(30, 100), 52_920),
    (960_000, Fraction(35, 100), 85_920),
    (None, Fraction(45, 100), 181_920),
)
EXPENSES, DEDUCTION = Fraction(20, 100), 5_000


def kept_back(freelancer: Freelancer, labels: list[str]) -> dict[str, int]:
    """Return the tax of each month in which somebody is paid, in fen."""
    found: dict[str, int] = {}
    income, tax, run = 0, 0, 0
    for label in labels:
        if label not in freelancer.claims:
            income, tax, run = 0, 0, 0
            continue
        earned = sum(freelancer.claims[label])
        income, run = income + earned, run + 1
        due = _tax(half_up(max(Fraction(0), income * (1 - EXPENSES) - run * DEDUCTION * YUAN)))
        found[label] = min(earned, max(0, due - tax))
        tax += found[label]
    return found


def _tax(base: int) -> int:
    for top, rate, quick in BRACKETS:
        if top is None or base <= top * YUAN:
            return half_up(base * rate) - quick * YUAN
    raise AssertionError("the last bracket has no upper end")


def half_up(amount: Fraction) -> int:
    """Round an amount that is not below zero."""
    return int(amount + Fraction(1, 2))
