"""The parts of a contract's facts, each refusing what cannot be agreed."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from vendorops.domain.refusal import Refused, requirement

ONE_E6 = 1_000_000
"""The whole, in millionths."""
LARGEST = 2**53 - 1
"""Beyond it a number in JSON is no longer exact."""
LONGEST_DAYS = 365
MOST_MULTIPLE_E6 = 10 * ONE_E6


class Contradiction(Refused):
    """The facts of a contract cannot all be true, or one of them cannot be."""


require = requirement(Contradiction)


def check_days(starts_on: date, ends_on: date) -> None:
    """Refuse a contract that ends before it has begun."""
    require(starts_on < ends_on, "end: is the first day no longer covered, so it lies after start")


def _days(value: int, name: str, least: int = 0) -> None:
    require(least <= value <= LONGEST_DAYS, f"{name} lie between {least} and {LONGEST_DAYS}")


def _share(value: int, name: str) -> None:
    require(0 <= value <= ONE_E6, f"{name} is a share from 0 to 1, such as 0.05")


@dataclass(frozen=True)
class Tier:
    """Another value once so much of it stands on one service sheet."""

    from_e4: int
    """Quantity from which all of the sheet has this value, in ten-thousandths."""
    value_e6: int


@dataclass(frozen=True)
class Rate:
    """One price or share, from a day on."""

    code: str
    """A term code of the program."""
    value_e6: int
    description: str
    valid_from: date
    volume: str = ""
    """Planned quantity of a month, in words; nothing is owed by it."""
    tiers: tuple[Tier, ...] = ()

    def __post_init__(self) -> None:
        for value in (self.value_e6, *(tier.value_e6 for tier in self.tiers)):
            require(0 <= value <= LARGEST, f"{self.code}: a price or share is not below 0")
        steps = [0, *(tier.from_e4 for tier in self.tiers)]
        rising = all(one < other for one, other in pairwise(steps))
        require(rising, f"{self.code}: the quantities of tiers rise, from above 0")

    def value(self, quantity_e4: int) -> int:
        """Return the value for a quantity: that of the last tier it reaches."""
        reached = [tier.value_e6 for tier in self.tiers if tier.from_e4 <= quantity_e4]
        return reached[-1] if reached else self.value_e6


@dataclass(frozen=True)
class Acceptance:
    """In how many working days reported work is accepted or rejected, and what silence means."""

    review_days: int = 5
    deemed_days: int = 0
    """Working days after which silence accepts; 0 where it never does."""

    def __post_init__(self) -> None:
        _days(self.review_days, "acceptance, review_days", 1)
        _days(self.deemed_days, "acceptance, deemed_days")
        late = self.deemed_days == 0 or self.deemed_days >= self.review_days
        require(late, "acceptance, deemed_days: silence cannot accept before review_days are over")


@dataclass(frozen=True)
class PaymentTerm:
    """When a proper claim is paid, and what paying sooner or later does."""

    days: int = 30
    """Calendar days from receipt of a proper claim."""
    prompt_days: int = 0
    prompt_discount_e6: int = 0
    """Share that is deducted when it is paid within `prompt_days`."""
    late_interest_e6: int = 0
    """Share of what is overdue, for each day."""

    def __post_init__(self) -> None:
        _days(self.days, "payment, days")
        _share(self.prompt_discount_e6, "payment, prompt_discount")
        _share(self.late_interest_e6, "payment, late_interest")
        both = bool(self.prompt_days) == bool(self.prompt_discount_e6)
        require(both, "payment: prompt_days and prompt_discount come together")
        sooner = self.prompt_days == 0 or 0 < self.prompt_days < self.days
        require(sooner, "payment, prompt_days: prompt is sooner than days")


@dataclass(frozen=True)
class GuaranteeStep:
    """What is given back when the person leaves by a day of the guarantee."""

    until_day: int
    refund_e6: int


@dataclass(frozen=True)
class Guarantee:
    """How long a placement must last for its fee; without steps the refund is pro rata."""

    days: int
    steps: tuple[GuaranteeStep, ...] = ()
    replacement_days: int = 0
    """Days within which a replacement is found; 0 where none was named."""
    except_layoff: bool = True
    void_when_paid_late: bool = False

    def __post_init__(self) -> None:
        _days(self.days, "guarantee, days", 1)
        _days(self.replacement_days, "guarantee, replacement_days")
        ends = [0, *(step.until_day for step in self.steps)]
        rising = all(one < other for one, other in pairwise(ends))
        require(rising, "guarantee, steps: the days of steps rise")
        whole = not self.steps or ends[-1] == self.days
        require(whole, "guarantee, steps: the last step ends with the guarantee")
        for step in self.steps:
            _share(step.refund_e6, "guarantee, steps: refund")
        falling = all(one.refund_e6 >= other.refund_e6 for one, other in pairwise(self.steps))
        require(falling, "guarantee, steps: refunds fall from step to step")
        plain = self.steps or (not self.replacement_days and not self.void_when_paid_late)
        require(bool(plain), "guarantee: give steps where more is agreed than a refund pro rata")


@dataclass(frozen=True)
class ServiceLevel:
    """A share that is to be reached each month, and what missing it costs."""

    code: str
    metric: str
    """What is counted, in words."""
    target_e6: int
    credit_e6: int
    """Share of the month's fees that is credited when the target is missed."""
    monthly_cap_e6: int
    """Most that is credited for one month, for this and all other levels together."""

    def __post_init__(self) -> None:
        _share(self.target_e6, f"service_levels, {self.code}: target")
        _share(self.credit_e6, f"service_levels, {self.code}: credit")
        _share(self.monthly_cap_e6, f"service_levels, {self.code}: monthly_cap")
        within = self.credit_e6 <= self.monthly_cap_e6
        require(within, f"service_levels, {self.code}: one credit is not above the monthly_cap")


@dataclass(frozen=True)
class Overtime:
    """Multiples of the regular rate, where no price of its own is agreed for a kind of hour."""

    workday_e6: int
    rest_day_e6: int
    holiday_e6: int

    def __post_init__(self) -> None:
        for name, value in self.values().items():
            enough = ONE_E6 <= value <= MOST_MULTIPLE_E6
            require(enough, f"overtime, {name}: a multiple lies between 1 and 10")
        rising = self.workday_e6 <= self.rest_day_e6 <= self.holiday_e6
        require(rising, "overtime: multiples do not fall from workday to rest day to holiday")

    def values(self) -> dict[str, int]:
        """Return the multiples by the names under which programs read them."""
        return {
            "overtime_workday": self.workday_e6,
            "overtime_rest_day": self.rest_day_e6,
            "overtime_holiday": self.holiday_e6,
        }


@dataclass(frozen=True)
class PriceTolerance:
    """By how much a claimed price may stray from the agreed one; both limits hold."""

    share_e6: int
    amount_minor: int

    def __post_init__(self) -> None:
        _share(self.share_e6, "tolerance, share")
        require(0 <= self.amount_minor <= LARGEST, "tolerance, amount is an amount from 0")
