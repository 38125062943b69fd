"""What happened in a year, told plainly: no books, no rows, only who did what at which price."""

from dataclasses import dataclass, field
from datetime import date

YEAR = 2026
REGULAR, OVERTIME = "regular_hours", "overtime_hours"


@dataclass(frozen=True)
class Stint:
    """One person's time at one agency, under an order of its own."""

    person: int
    starts_on: date
    ends_before: date
    prices: tuple[tuple[date, str], ...]
    """The bill rate of a normal hour from each day on."""
    overtime: str
    """What an hour of overtime costs; empty where it is one and a half normal ones."""
    leaves_on: date | None = None
    """First day on which the person is not there any more, though ordered for longer."""
    hours: tuple[tuple[date, int, int], ...] = ()
    """Day, hundredths of normal hours, hundredths of overtime."""


@dataclass(frozen=True)
class Corrected:
    """The normal hours of a day that were told wrong, and put right in the month after."""

    person: int
    day: date
    hundredths: int


@dataclass(frozen=True)
class Agency:
    """A staffing agency: its people, and what went other than planned."""

    number: int
    stints: tuple[Stint, ...]
    late: frozenset[str]
    """Months whose sheet a buyer accepted a month late."""
    cut: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Person and hundredths of normal hours that a buyer did not accept, by month."""
    over: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Person and hundredths of normal hours claimed above what was accepted, by month."""
    corrected: dict[str, Corrected] = field(default_factory=dict)
    """By the month of the hours."""


@dataclass(frozen=True)
class Hired:
    """Somebody whom a recruiter placed."""

    person: int
    salary: int
    """First year's pay."""
    started_on: date
    left_on: date | None = None
    reason: str = "resigned"
    claims: str = "refund"
    """What we chose when the person left: refund or replacement."""
    replaced_on: date | None = None
    """When a replacement started; free of charge."""


@dataclass(frozen=True)
class Recruiter:
    """A recruiter: a share of pay that falls with the number of hires, and perhaps a retainer."""

    number: int
    share: str
    tiers: tuple[tuple[int, str], ...]
    """From how many starts of a month on which share holds for all of them."""
    retainer: str
    hired: tuple[Hired, ...]


@dataclass(frozen=True)
class Milestone:
    """A piece of work at a fixed price, due on a day."""

    due_on: date
    delivered_on: date
    price: str


@dataclass(frozen=True)
class Outsourcer:
    """An outsourcer: counted volumes, at prices that change, and levels that are measured."""

    number: int
    ordered: bool
    """Whether it works under a statement of work, at its prices; else by the contract's."""
    prices: tuple[tuple[date, str], ...]
    tiers: tuple[tuple[int, str], ...]
    """From how many on a month's sheet all of them cost another share of the price."""
    volumes: tuple[tuple[date, int], ...]
    milestones: tuple[Milestone, ...]
    measured: dict[str, tuple[tuple[int, int], tuple[int, int]]]
    """Good and all cases of both levels, by month."""
    cut: dict[str, int] = field(default_factory=dict)
    """Units that a buyer did not accept of the month's first line, by month."""


@dataclass(frozen=True)
class Task:
    """A task that one freelancer took: pieces at a price."""

    month: str
    price: str
    pieces: int
    first: int
    """How many of them a buyer accepted when they were first delivered."""
    again: int
    """How many of the rest were accepted once they were delivered again; -1 where none were."""


@dataclass(frozen=True)
class Freelancer:
    """Somebody who works in an own name."""

    number: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Facts:
    """All of a year."""

    agencies: tuple[Agency, ...]
    recruiters: tuple[Recruiter, ...]
    outsourcers: tuple[Outsourcer, ...]
    freelancers: tuple[Freelancer, ...]

    @property
    def people(self) -> int:
        """How many people worked."""
        staffed = sum(len(agency.stints) for agency in self.agencies)
        placed = sum(
            1 + (hired.replaced_on is not None)
            for recruiter in self.recruiters
            for hired in recruiter.hired
        )
        return staffed + placed + len(self.freelancers)

    @property
    def suppliers(self) -> int:
        """How many suppliers they work for, or are."""
        parts = (self.agencies, self.recruiters, self.outsourcers, self.freelancers)
        return sum(len(part) for part in parts)


def month_label(day: date) -> str:
    """Return the month of a day.

    >>> month_label(date(2026, 3, 9))
    '2026-03'
    """
    return f"{day:%Y-%m}"
