"""For how long disputes have been open: by days, and by whether a person has decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vendorops.documents.months.telling import ContractMonth, age_days, is_open
from vendorops.domain.money import Money, total

BOUNDS = (7, 30, 60)
"""Last day of each stretch but the last."""


@dataclass(frozen=True)
class Stretch:
    """Disputes of about one age."""

    first: int
    last: int | None
    waiting: Money
    decided: Money

    @property
    def title(self) -> str:
        """Its days: `8-30`, `61+`."""
        return f"{self.first}-{self.last}" if self.last is not None else f"{self.first}+"


def ageing(months: Sequence[ContractMonth], as_of: date, currency: str) -> list[Stretch]:
    """Return what is or was disputed in one currency, by its age in days."""
    aged = [
        (
            age_days(of.decided.get(line.invoice.id), line, as_of),
            is_open(line),
            abs(row.amount_minor),
        )
        for of in months
        if of.currency == currency
        for line in of.lines
        for row in line.differences
        if row.treatment == "disputed"
    ]
    firsts = (0, *(bound + 1 for bound in BOUNDS))
    return [
        Stretch(
            first,
            last,
            *(_sum(aged, (first, last), currency, waiting=flag) for flag in (True, False)),
        )
        for first, last in zip(firsts, (*BOUNDS, None), strict=True)
    ]


def _sum(
    aged: Sequence[tuple[int, bool, int]],
    days: tuple[int, int | None],
    currency: str,
    *,
    waiting: bool,
) -> Money:
    first, last = days
    return total(
        [
            Money(minor, currency)
            for age, is_waiting, minor in aged
            if is_waiting == waiting and age >= first and (last is None or age <= last)
        ],
        currency,
    )
