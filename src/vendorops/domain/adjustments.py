"""What volumes, rebates and program fees come to, by the terms of a contract.

Accepted volumes of months go in, amounts come out. Shares never fall from step to step, so that
work which is accepted later never makes less due for any month: corrections only ever add.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from vendorops.domain.money import LIMIT_MINOR, Rounding, rounded
from vendorops.domain.refusal import Refused, requirement

ONE_E6 = 1_000_000
"""The whole, in millionths."""
LONGEST_MONTHS = 60
PERIODS = (3, 12)
"""Months of a quarter and of a year."""
KINDS = ("volume", "rebate", "program_fee")
BORNE_BY = ("supplier", "client")


class BadAdjustment(Refused):
    """Terms that cannot be agreed."""


require = requirement(BadAdjustment)


@dataclass(frozen=True)
class Step:
    """A share that holds from so much on."""

    from_value: int
    """Minor units of the amount, or ten-thousandths of the quantity."""
    share_e6: int


@dataclass(frozen=True)
class AdjustmentFacts:
    """What was agreed, from a day on, for what is accepted under a contract."""

    kind: str
    """`volume`: tiers on a rolling window; `rebate`: on a quarter or year; `program_fee`."""
    months: int = 1
    """Of the rolling window, the one adjusted being its last; 3 or 12 of a rebate's period."""
    measure: str = "amount"
    """What chooses the step: the accepted `amount` or `quantity`."""
    manner: str = "marginal"
    """`marginal`: each step for what lies within it; `whole`: the step reached, for all."""
    steps: tuple[Step, ...] = ()
    """Rising; none of them: nothing is due, which ends what was agreed before."""
    borne_by: str = "supplier"
    """`supplier`: taken off what it is owed; `client`: added to our own cost."""

    def __post_init__(self) -> None:
        require(self.kind in KINDS, f"kind is one of {', '.join(KINDS)}")
        require(self.measure in ("amount", "quantity"), "measure is amount or quantity")
        require(self.manner in ("marginal", "whole"), "manner is marginal or whole")
        require(self.borne_by in BORNE_BY, "funded_by is supplier or client")
        fee = self.kind == "program_fee"
        require(fee or self.borne_by == "supplier", "only a program_fee is funded by the client")
        within = 1 <= self.months <= (1 if fee else LONGEST_MONTHS)
        require(within, f"months: a window has from 1 to {LONGEST_MONTHS} of them")
        require(self.kind != "rebate" or self.months in PERIODS, "period is quarter or year")
        for step in self.steps:
            require(0 <= step.share_e6 <= ONE_E6, "a share lies between 0 and 1, such as 0.02")
            require(0 <= step.from_value < LIMIT_MINOR, "from is an amount or quantity from 0")
        for one, other in pairwise(self.steps):
            rising = one.from_value < other.from_value and one.share_e6 <= other.share_e6
            require(rising, "steps rise, and their shares do not fall from step to step")

    def check_first_day(self, day: date) -> None:
        """Refuse a first day on which no stretch of months that is counted begins.

        >>> AdjustmentFacts("rebate", months=3).check_first_day(date(2026, 11, 1))
        Traceback (most recent call last):
        vendorops.domain.adjustments.BadAdjustment: valid_from: a rebate begins with its quarter
        """
        require(
            day.day == 1, "valid_from: volumes are counted by months; begin on the first of one"
        )
        if self.kind == "rebate":
            period = "quarter" if self.months == PERIODS[0] else "year"
            require(
                (day.month - 1) % self.months == 0,
                f"valid_from: a rebate begins with its {period}",
            )

    def share_at(self, reached: int) -> Fraction:
        """Return the share of the last step that is reached.

        >>> AdjustmentFacts("volume", steps=(Step(100, 20_000),)).share_at(100)
        Fraction(1, 50)
        """
        at = bisect_right([step.from_value for step in self.steps], reached)
        return Fraction(self.steps[at - 1].share_e6, ONE_E6) if at else Fraction(0)

    def share_between(self, start: int, end: int) -> Fraction:
        """Return the share of what lies between two volumes, each step for its own part.

        >>> AdjustmentFacts("volume", steps=(Step(100, 20_000),)).share_between(50, 150)
        Fraction(1, 100)
        """
        if end <= start:
            return Fraction(0)
        ends = [step.from_value for step in self.steps[1:]]
        parts = [
            step.share_e6 * max(min(end, until) - max(start, step.from_value), 0)
            for step, until in zip(self.steps, [*ends, max(end, *ends, 0)], strict=False)
        ]
        return Fraction(sum(parts), ONE_E6 * (end - start))


@dataclass(frozen=True)
class Volume:
    """What was accepted of some months."""

    measured: int = 0
    """By what the terms measure: minor units, or ten-thousandths."""
    amount_minor: int = 0

    def __add__(self, other: "Volume") -> "Volume":
        return Volume(self.measured + other.measured, self.amount_minor + other.amount_minor)


@dataclass(frozen=True)
class Due:
    """What terms come to for one month, or for the period that ends with it."""

    month: int
    base: Volume
    """What was accepted of the month, or of the period."""
    reached: int
    """The volume that chose the step: of the window or period."""
    share: Fraction
    """Of the accepted amount."""

    @property
    def minor(self) -> int:
        """The amount, rounded half up once."""
        return rounded(self.base.amount_minor * self.share, Rounding.HALF_UP)


def number_of(label: str) -> int:
    """Return a month as a number that counts on, so that windows are subtractions.

    >>> number_of("2027-01") - number_of("2026-10")
    3
    """
    year, month = label.split("-")
    return int(year) * 12 + int(month) - 1


def label_of(number: int) -> str:
    """Return the month of a number as people write it.

    >>> label_of(number_of("2026-12"))
    '2026-12'
    """
    year, month = divmod(number, 12)
    return f"{year}-{month + 1:02d}"


def dues(facts: AdjustmentFacts, volumes: Mapping[int, Volume], over: Sequence[int]) -> list[Due]:
    """Return what is due for months that are over and for which these terms hold.

    `over` are those months, in order and without a gap; `volumes` may reach back before them,
    because a window does. Under `whole`, a month earns the highest share that any window with it
    reaches, so that a step which is reached later corrects the months before.
    """
    if facts.kind == "rebate":
        return list(_of_periods(facts, volumes, over))
    return [_of_month(facts, volumes, month, over) for month in over]


def _of_month(
    facts: AdjustmentFacts, volumes: Mapping[int, Volume], month: int, over: Sequence[int]
) -> Due:
    own = volumes.get(month, Volume())
    if facts.manner == "marginal":
        reached = _window(facts, volumes, month).measured
        share = facts.share_between(reached - own.measured, reached)
        return Due(month, own, reached, share)
    later = range(month, min(month + facts.months, over[-1] + 1))
    reached = max(_window(facts, volumes, last).measured for last in later)
    return Due(month, own, reached, facts.share_at(reached))


def _window(facts: AdjustmentFacts, volumes: Mapping[int, Volume], last: int) -> Volume:
    months = range(last - facts.months + 1, last + 1)
    return sum((volumes.get(month, Volume()) for month in months), Volume())


def _of_periods(
    facts: AdjustmentFacts, volumes: Mapping[int, Volume], over: Sequence[int]
) -> Iterator[Due]:
    """Yield what is due for each period that is over whole, under its last month."""
    for last in over:
        if (last + 1) % facts.months == 0 and last - facts.months + 1 >= over[0]:
            base = _window(facts, volumes, last)
            reached = base.measured
            marginal = facts.manner == "marginal"
            share = facts.share_between(0, reached) if marginal else facts.share_at(reached)
            yield Due(last, base, reached, share)
