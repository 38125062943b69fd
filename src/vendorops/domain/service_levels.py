"""Which service levels a month missed, and what is credited for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vendorops.domain.contract_facts import ServiceLevel
from vendorops.domain.money import Money, Rounding
from vendorops.domain.refusal import Refused

ONE_E6 = 1_000_000
"""The whole, in millionths."""


class BadMeasurement(Refused):
    """Counts that no month can have."""


class Unmeasured(Refused):
    """A service level of the contract was not measured in the month."""


@dataclass(frozen=True)
class Measured:
    """What was counted of one level in a month: how many cases, and how many of them were good.

    A month without any case misses nothing.
    """

    good: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.good <= self.total:
            raise BadMeasurement(
                f"{self.good} good of {self.total} cannot be; count good cases from 0 to all"
            )

    def reaches(self, target_e6: int) -> bool:
        """Tell whether the share of good cases is not below a target; compared exactly.

        >>> Measured(97, 100).reaches(970_000), Measured(969, 1000).reaches(970_000)
        (True, False)
        """
        return self.good * ONE_E6 >= target_e6 * self.total


def missed(
    levels: Sequence[ServiceLevel], counted: Mapping[str, Measured]
) -> tuple[ServiceLevel, ...]:
    """Return the levels that were missed, in the order of the contract; all must be measured."""
    unknown = [level.code for level in levels if level.code not in counted]
    if unknown:
        raise Unmeasured(
            f"not measured yet: {', '.join(unknown)}; report good and all cases of each level"
        )
    return tuple(level for level in levels if not counted[level.code].reaches(level.target_e6))


def credited_share(levels: Sequence[ServiceLevel], below: Sequence[ServiceLevel]) -> int:
    """Return the share of the month's fees that missed levels credit together, in millionths.

    Each level names the most that a month credits for all levels together: the lowest holds.
    """
    if not below:
        return 0
    return min(sum(level.credit_e6 for level in below), *(each.monthly_cap_e6 for each in levels))


def service_credit(
    levels: Sequence[ServiceLevel], below: Sequence[ServiceLevel], fees: Money
) -> Money:
    """Return what is credited of the accepted fees of a month, rounded half up once.

    >>> late = ServiceLevel("turnaround", "in two days", 970_000, 50_000, 80_000)
    >>> wrong = ServiceLevel("accuracy", "without error", 995_000, 50_000, 80_000)
    >>> service_credit([late, wrong], [late, wrong], Money(100_001, "CNY"))
    80.00 CNY
    """
    share = Fraction(credited_share(levels, below), ONE_E6)
    return fees.times(share, rounding=Rounding.HALF_UP)
