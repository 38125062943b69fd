"""What stands at the end of each day, from what is there and what is expected to be paid."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from vendorops.domain.money import Money, total
from vendorops.domain.periods import DAY


class Expense(StrEnum):
    """What money is expected to go for, from the surest to the least sure."""

    APPROVED = "approved"
    """A batch that is approved and not released."""
    PLANNED = "planned"
    """A batch that nobody approved yet."""
    PAYABLE = "payable"
    """A sealed settlement, or a part that came back, that no batch pays yet."""
    SETTLED = "settled"
    """A settlement that is not sealed yet."""
    TAX = "tax"
    """Tax kept back, due to the tax office."""
    CLAIMED = "claimed"
    """A claim that no settlement holds yet, as claimed."""
    ACCEPTED = "accepted"
    """Accepted work that nobody claimed yet, without tax."""


@dataclass(frozen=True)
class Expected:
    """One amount that is expected to be paid on a day; below zero where it comes in."""

    day: date
    expense: Expense
    amount: Money
    reference: str
    company: str


@dataclass(frozen=True)
class CashDay:
    """One day of a forecast."""

    day: date
    opening: Money
    paid: dict[Expense, Money] = field(default_factory=dict)
    """What goes on the day, by what it goes for."""

    @property
    def out(self) -> Money:
        """All that goes on the day."""
        return total(list(self.paid.values()), self.opening.currency)

    @property
    def closing(self) -> Money:
        """What stands when the day is over; below zero is what is missing."""
        return self.opening - self.out


def cash_days(
    opening: Money, expected: Sequence[Expected], first: date, count: int
) -> list[CashDay]:
    """Return so many days from a first one; what is late already goes on the first.

    What is expected in other currencies, or after the last day, is left out.
    """
    sums: defaultdict[tuple[date, Expense], int] = defaultdict(int)
    for each in expected:
        if each.amount.currency == opening.currency:
            sums[max(each.day, first), each.expense] += each.amount.minor
    days: list[CashDay] = []
    stands = opening
    for number in range(count):
        day = first + number * DAY
        paid = {
            expense: Money(sums[day, expense], opening.currency)
            for expense in Expense
            if (day, expense) in sums
        }
        days.append(CashDay(day, stands, paid))
        stands = days[-1].closing
    return days


def lowest(days: Sequence[CashDay]) -> CashDay:
    """Return the day at whose end least stands, the first of several.

    >>> euro = Money(500, "EUR")
    >>> paid = [Expected(date(2026, 11, 3), Expense.TAX, Money(800, "EUR"), "RET", "XH")]
    >>> found = lowest(cash_days(euro, paid, date(2026, 11, 2), 3))
    >>> str(found.day), found.closing
    ('2026-11-03', -3.00 EUR)
    """
    return min(days, key=lambda each: (each.closing.minor, each.day))
