"""What is taken off what was earned: deductions first, then advances, never below nothing."""

from dataclasses import dataclass
from fractions import Fraction

from vendorops.domain.adjustments import ONE_E6
from vendorops.domain.earnings.terms import PayTerms
from vendorops.domain.money import Rounding, rounded


@dataclass(frozen=True)
class Open:
    """What one period leaves to the next; nothing of it is below zero."""

    short_minor: int = 0
    """A loss, or refunds above revenue."""
    deductions_minor: int = 0
    advances_minor: int = 0


def taken_off(terms: PayTerms, earned_minor: int, before: Open) -> tuple[int, int, Open]:
    """Return what goes against deductions and against advances, and what is still open.

    Advances take no more than their agreed share of what was earned, rounded down, and only of
    what deductions leave.

    >>> terms = PayTerms("work_result", "monthly", "CNY", recover_share_e6=500_000)
    >>> taken_off(terms, 100, Open(deductions_minor=30, advances_minor=90))
    (30, 50, Open(short_minor=0, deductions_minor=0, advances_minor=40))
    """
    deducted = min(before.deductions_minor, earned_minor)
    most = rounded(Fraction(earned_minor * terms.recover_share_e6, ONE_E6), Rounding.DOWN)
    recovered = min(before.advances_minor, most, earned_minor - deducted)
    after = Open(
        before.short_minor,
        before.deductions_minor - deducted,
        before.advances_minor - recovered,
    )
    return deducted, recovered, after
