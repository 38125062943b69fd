"""Draws a year of freelancers and suppliers from a seed: the same seed is the same year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp
from random import Random

YEAR = 2026
PLATFORMS = ("XH", "YC")


def months(count: int) -> list[str]:
    """The months in which people are paid."""
    return [f"{YEAR}-{month:02}" for month in range(1, count + 1)]


def before(label: str) -> str:
    """The month of work that is paid in a month."""
    year, month = int(label[:4]), int(label[5:])
    return f"{year}-{month - 1:02}" if month > 1 else f"{year - 1}-12"


@dataclass(frozen=True)
class Size:
    """How much is drawn."""

    freelancers: int
    suppliers: int
    months: int = 12


@dataclass(frozen=True, eq=False)
class Freelancer:
    """Somebody who works through a platform: what she claims in each month of payment, in fen."""

    number: int
    platform: str
    claims: Mapping[str, tuple[int, ...]]
    """The first is of the month of work; a second corrects what an earlier claim left out."""
    returned: frozenset[str] = field(default_factory=frozenset)
    """Months whose payment comes back from the bank and is paid again."""


@dataclass(frozen=True, eq=False)
class Agency:
    """A supplier of one platform: what it claims in each month of payment, in fen without tax."""

    number: int
    platform: str
    claims: Mapping[str, int]


@dataclass(frozen=True)
class Facts:
    """Everything that happens in the year."""

    freelancers: tuple[Freelancer, ...]
    agencies: tuple[Agency, ...]


def draw(seed: int, size: Size) -> Facts:
    """Return a year: people join and leave, do not work in some months, and claim late."""
    chance = Random(seed)
    return Facts(
        tuple(_freelancer(chance, number, size) for number in range(1, size.freelancers + 1)),
        tuple(_agency(chance, number, size) for number in range(1, size.suppliers + 1)),
    )


def _freelancer(chance: Random, number: int, size: Size) -> Freelancer:
    labels = months(size.months)
    joins = chance.randrange(len(labels)) if chance.random() < 0.2 else 0
    leaves = chance.randint(joins + 1, len(labels)) if chance.random() < 0.15 else len(labels)
    usual = exp(chance.gauss(13.4, 0.6))
    claims: dict[str, tuple[int, ...]] = {}
    for label in labels[joins:leaves]:
        if chance.random() < 0.08:
            continue
        earned = min(9_900_000, max(1, round(usual * chance.uniform(0.6, 1.5))))
        late = (chance.randint(100, 90_000),) if claims and chance.random() < 0.04 else ()
        claims[label] = (earned, *late)
    back = frozenset(label for label in claims if chance.random() < 3 / size.freelancers)
    return Freelancer(number, PLATFORMS[number % 2], claims, back)


def _agency(chance: Random, number: int, size: Size) -> Agency:
    claims = {label: chance.randint(100_000, 50_000_000) for label in months(size.months)}
    return Agency(number, PLATFORMS[number % 2], claims)
