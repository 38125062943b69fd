"""Values that change on known dates: rates, thresholds, formulas, contract texts, tolerances."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from vendorops.domain.refusal import Refused

T = TypeVar("T")


class NotInForce(Refused):
    """Nothing was in force yet on the day asked about."""


@dataclass(frozen=True)
class Dated(Generic[T]):
    """Versions of one value, each holding from its first day until the next one's.

    >>> rate = Dated("sales tax", {date(2024, 1, 1): "10 %", date(2026, 7, 1): "11 %"})
    >>> rate.on(date(2026, 6, 30)), rate.on(date(2026, 7, 1))
    ('10 %', '11 %')
    >>> rate.on(date(2023, 12, 31))
    Traceback (most recent call last):
    vendorops.domain.dated.NotInForce: sales tax has no value on 2023-12-31; it starts 2024-01-01
    """

    name: str
    versions: Mapping[date, T]

    def since(self, day: date) -> date:
        """Return the first day of the version that holds on `day`."""
        begun = [start for start in self.versions if start <= day]
        if not begun:
            first = min(self.versions, default=None)
            known = f"it starts {first}" if first else "no version of it is known"
            raise NotInForce(f"{self.name} has no value on {day}; {known}")
        return max(begun)

    def on(self, day: date) -> T:
        """Return the version that holds on `day`."""
        return self.versions[self.since(day)]
