"""What a delivery costs that comes after its day: a share for each day, up to a cap."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vendorops.domain.money import Money, Rounding
from vendorops.domain.refusal import Refused

ONE_E6 = 1_000_000
"""The whole, in millionths."""


class BadLateFine(Refused):
    """A share or cap that no fine can have."""


@dataclass(frozen=True)
class LateFine:
    """What being late costs under one line of an order; nothing where none was agreed."""

    share_e6: int = 0
    """Share of what is delivered late, for each calendar day."""
    cap_e6: int = 0
    """Most of it that is ever taken off."""

    def __post_init__(self) -> None:
        if not 0 <= self.share_e6 <= self.cap_e6 <= ONE_E6:
            raise BadLateFine(
                "late_fine: share a day and cap lie between 0 and 1, the cap not below the share;"
                " write such as {share: 0.005, cap: 0.1}"
            )
        if bool(self.share_e6) != bool(self.cap_e6):
            raise BadLateFine("late_fine: give both the share a day and the cap, or neither")

    def share(self, days: int) -> int:
        """Return the share taken off after so many days, in millionths.

        >>> LateFine(5_000, 100_000).share(3), LateFine(5_000, 100_000).share(40)
        (15000, 100000)
        """
        return min(max(days, 0) * self.share_e6, self.cap_e6)

    def of(self, accepted: Money, days: int) -> Money:
        """Return what is taken off an accepted amount, rounded half up once.

        >>> LateFine(5_000, 100_000).of(Money(1_000_050, "CNY"), 3)
        150.01 CNY
        """
        return accepted.times(Fraction(self.share(days), ONE_E6), rounding=Rounding.HALF_UP)


def days_late(due_on: date | None, delivered_on: date) -> int:
    """Return by how many calendar days something came late; none where no day was agreed.

    >>> days_late(date(2026, 10, 30), date(2026, 11, 2)), days_late(None, date(2026, 11, 2))
    (3, 0)
    """
    return max((delivered_on - due_on).days, 0) if due_on else 0
