"""How the buyer bills in the supplier's name: what the law asks of it, and what goes together.

A self-billed invoice is written by whom the work was done for. Law says where that may be, what
the page must be called and how it is taxed; the parties agree how work is gathered and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from vendorops.domain.dated import Dated
from vendorops.domain.periods import DAY, Period

T = TypeVar("T")

INVOICE_CODE = "389"
"""UNTDID 1001: self-billed invoice."""
CREDIT_CODE = "261"
"""UNTDID 1001: self-billed credit note."""


class Grouping(StrEnum):
    """What work must have in common to stand on one invoice, besides contract and period."""

    CONTRACT = "contract"
    COST_CENTRE = "cost_centre"
    ORDER = "order"
    SHEET = "sheet"


class Schedule(StrEnum):
    """How often accepted work is billed."""

    ACCEPTED = "accepted"
    """As soon as it was accepted."""
    WEEK = "week"
    """Once the week is over, Monday to Sunday; a week ends with its month."""
    MONTH = "month"


@dataclass(frozen=True)
class Cited(Generic[T]):
    """A value that a source gives."""

    value: T
    cite: str
    sure: bool = True
    """False where nobody could read the source itself."""

    @property
    def source(self) -> str:
        """The source as people read it; marked where nobody could read it."""
        return self.cite if self.sure else f"{self.cite}; unconfirmed"


@dataclass(frozen=True)
class TaxTreatment:
    """One way in which what a supplier does is taxed."""

    code: str
    category: str
    """BT-151 (UNCL 5305)."""
    rate_e4: Dated[Cited[int]]
    reason: str = ""
    """BT-120: why no tax is charged."""


@dataclass(frozen=True)
class BillingLaw:
    """What one place asks of an invoice that the buyer writes."""

    place: str
    permitted: Dated[Cited[bool]]
    label: Dated[Cited[str]] | None
    """What the page must be called; None where the law asks for no word."""
    treatments: Mapping[str, TaxTreatment]
    discount_lowers_tax: Dated[Cited[bool]] | None = None
    """Whether a discount for prompt payment, once taken, lowers the taxable amount."""


def bucket(schedule: Schedule, day: date) -> str:
    """Return the stretch of time that work of a day is billed with.

    >>> bucket(Schedule.WEEK, date(2026, 10, 9)), bucket(Schedule.MONTH, date(2026, 10, 9))
    ('2026-10 W41', '2026-10')
    """
    month = Period.month_of(day).label
    if schedule is not Schedule.WEEK:
        return month
    return f"{month} W{day.isocalendar().week:02d}"


def billable_before(schedule: Schedule, today: date) -> date:
    """Return the first day whose work is not billed yet: its week or month is not over.

    >>> str(billable_before(Schedule.WEEK, date(2026, 10, 9)))
    '2026-10-05'
    """
    first = today.replace(day=1)
    if schedule is Schedule.MONTH:
        return first
    if schedule is Schedule.WEEK:
        return max(first, today - today.weekday() * DAY)
    return date.max
