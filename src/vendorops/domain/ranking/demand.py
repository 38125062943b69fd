"""What is asked for and what people bring, in the words of one vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass

FULL = 100
"""The whole share of a label's weight."""
LabelName = tuple[str, str]
"""Kind and code."""


@dataclass(frozen=True)
class Formula:
    """How many points labels are worth; a version is never edited."""

    version: str
    weights: Mapping[str, int]
    """By kind of label, price and availability among them."""
    shares: bool
    """Whether who falls short of a strength asked for gets his share of it, or nothing."""

    def share(self, strength: int, at_least: int) -> int:
        """Return what share of a label's weight a strength is worth, 0 to 100, rounded down.

        >>> [Formula("v", {}, shares=shares).share(60, 90) for shares in (True, False)]
        [66, 0]
        """
        if not at_least:
            return strength
        if strength >= at_least:
            return FULL
        return strength * FULL // at_least if self.shares else 0


@dataclass(frozen=True)
class Wanted:
    """A label that is asked for; it earns points, and keeps out who lacks it if it is a must."""

    kind: str
    code: str
    at_least: int = 0
    """Strength asked for, 1 to 100; of certificates the rank of the level, from 1."""
    must: bool = False

    @property
    def name(self) -> LabelName:
        """Kind and code."""
        return (self.kind, self.code)


@dataclass(frozen=True)
class Demand:
    """Whom we look for: labels, and a frame that nobody outside of is proposed in."""

    starts: int
    """First day of work, as days are counted (`date.toordinal`)."""
    ends: int
    """First day after it."""
    wanted: tuple[Wanted, ...]
    places: tuple[str, ...] = ()
    """Any of them will do; none given: anywhere."""
    currency: str = ""
    price_cap: int = 0
    """Most that an hour may cost, in minor units; 0: no cap."""


@dataclass(frozen=True)
class Certified:
    """A certificate that was verified."""

    code: str
    rank: int
    """Of its level, from 1, the lowest."""
    of: int
    """How many levels there are."""
    valid_from: int
    valid_to: int
    """First day on which it no longer holds."""

    def holds(self, day: int) -> bool:
        """Tell whether it is valid on a day."""
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True)
class Candidate:
    """A person as ranking sees him: labels and measures, no name, no birth, no sex."""

    reference: str
    labels: Mapping[LabelName, int]
    """Strength of each label held, 1 to 100; places and levels among them."""
    certificates: tuple[Certified, ...] = ()
    currency: str = ""
    price: int = -1
    """For an hour, in minor units; below 0 where it is not known."""
    free_from: int = 0
    free_to: int = 0
    """First day on which he is no longer to be had."""
