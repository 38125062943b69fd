"""What counts towards a supplier's risk, and how much: dated, and each line with its source."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vendorops.domain.dated import Dated

TIERS = ("low", "medium", "high")
POLICY = "Supplier risk policy 1"


@dataclass(frozen=True)
class Points:
    """How much one fact counts."""

    points: int
    cite: str


@dataclass(frozen=True)
class Steps:
    """How much an amount counts from each of some amounts on, in minor units of a currency."""

    from_minor: tuple[tuple[int, int], ...]
    """Amount and points, the smallest amount first."""
    cite: str

    def points(self, minor: int) -> int:
        """Return what an amount counts."""
        return max((points for least, points in self.from_minor if minor >= least), default=0)


@dataclass(frozen=True)
class Rules:
    """What counts, and which sum is which tier."""

    places: Mapping[str, Points]
    """Of the party's own place."""
    abroad: Points
    """For a party that is to work elsewhere than at home."""
    programs: Mapping[str, Points]
    unknown_program: Points
    spend: Mapping[str, Steps]
    """By currency: amounts are never converted."""
    unknown_currency: Points
    """For a cap in a currency without steps; the tier is then medium at least."""
    finding: Points
    """For each finding of the check."""
    doubt: Points
    """For each doubt that a person found harmless."""
    unscreened: Points
    """While no list is loaded that it could be screened against."""
    most_of_each: int
    """What findings, and doubts, count together at most."""
    medium_from: int
    high_from: int
    months: Mapping[str, int]
    """Until a supplier of a tier is qualified anew."""


FATF = "FATF, High-Risk Jurisdictions subject to a Call for Action, 21 October 2022"
RULES = Dated(
    "the rules of supplier risk",
    {
        date(2026, 1, 1): Rules(
            places={place: Points(70, FATF) for place in ("ir", "kp", "mm")},
            abroad=Points(15, f"{POLICY}, 2.1: tax and law of two places"),
            programs={
                "staffing": Points(20, "Labor Contract Law art. 92: liable with the agency"),
                "freelance": Points(15, f"{POLICY}, 2.2: may be found to be employment"),
                "bpo": Points(15, f"{POLICY}, 2.3: holds our customers' data"),
                "rpo": Points(10, f"{POLICY}, 2.4: holds applicants' data"),
            },
            unknown_program=Points(20, f"{POLICY}, 2.5: nothing is known of the program"),
            spend={
                "CNY": Steps(((50_000_000, 10), (200_000_000, 25), (1_000_000_000, 40)), POLICY),
                "EUR": Steps(((7_000_000, 10), (28_000_000, 25), (140_000_000, 40)), POLICY),
                "USD": Steps(((7_000_000, 10), (28_000_000, 25), (140_000_000, 40)), POLICY),
            },
            unknown_currency=Points(25, f"{POLICY}, 3.2: no steps for the currency"),
            finding=Points(10, f"{POLICY}, 4.1"),
            doubt=Points(15, f"{POLICY}, 4.2"),
            unscreened=Points(10, f"{POLICY}, 4.3"),
            most_of_each=30,
            medium_from=35,
            high_from=70,
            months={"low": 36, "medium": 24, "high": 12},
        ),
    },
)


def tier_of(rules: Rules, score: int, *, at_least: str = "low") -> str:
    """Return the tier of a sum of points.

    >>> rules = RULES.on(date(2026, 1, 1))
    >>> tier_of(rules, 34), tier_of(rules, 35), tier_of(rules, 70)
    ('low', 'medium', 'high')
    >>> tier_of(rules, 0, at_least="medium")
    'medium'
    """
    by_sum = (score >= rules.medium_from) + (score >= rules.high_from)
    return TIERS[max(by_sum, TIERS.index(at_least))]


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it has no such day.

    >>> months_after(date(2026, 1, 31), 13)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
