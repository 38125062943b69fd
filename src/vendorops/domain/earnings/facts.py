"""What was reported: sales, revenue, costs, units, days, finished projects and products."""

from dataclasses import dataclass
from datetime import date

from vendorops.domain.money import LIMIT_MINOR
from vendorops.domain.refusal import Refused, requirement

AMOUNTS = ("sale", "revenue", "refund", "cost", "deduction", "advance")
"""Facts that are an amount, always above zero; a refund lessens revenue."""
QUANTITIES = ("unit", "day", "project", "product")
"""Facts that are counted; a project or product is one that was finished."""
TAKEN_OFF = ("deduction", "advance")
"""What is taken off what was earned, whatever the plan."""


class BadFact(Refused):
    """A fact that cannot be counted as it stands."""


require = requirement(BadFact)


@dataclass(frozen=True)
class Fact:
    """One thing that happened on a day, or on days that follow each other."""

    key: str
    """The reporter's own name for it, used once under a contract."""
    kind: str
    first: date
    last: date
    """The last of its days, with it; the first one where it is of one day."""
    code: str = ""
    """What is counted, such as `video` or `hour`; its kind unless given."""
    subject: str = ""
    """The project or product that it belongs to."""
    quantity_e4: int = 0
    amount_minor: int = 0

    def __post_init__(self) -> None:
        known = ", ".join((*AMOUNTS, *QUANTITIES))
        require(self.kind in (*AMOUNTS, *QUANTITIES), f"kind is one of {known}")
        counted = self.kind in QUANTITIES
        given = self.quantity_e4 if counted else self.amount_minor
        other = self.amount_minor if counted else self.quantity_e4
        what = "a quantity and no amount" if counted else "an amount and no quantity"
        require(0 < given < LIMIT_MINOR and other == 0, f"a {self.kind} has {what}, above zero")
        require(self.first <= self.last, f"through {self.last} is before {self.first}; correct it")
        require(
            self.kind != "unit" or bool(self.code), "a unit needs a code, such as hour; add it"
        )
        finished = self.kind in ("project", "product")
        require(not finished or bool(self.subject), f"a {self.kind} needs its subject; add it")

    @property
    def counted_as(self) -> str:
        """The code whose rate it is multiplied with."""
        return self.code or self.kind

    def overlaps(self, other: "Fact") -> bool:
        """Tell whether two facts count some of the same days twice.

        Facts of single days stand beside each other; one that covers days leaves room for no
        other of its kind, code and subject within them.

        >>> week = Fact("a", "sale", date(2026, 10, 5), date(2026, 10, 11), amount_minor=100)
        >>> sunday = date(2026, 10, 11)
        >>> week.overlaps(Fact("b", "sale", sunday, sunday, amount_minor=1))
        True
        """
        same = (self.kind, self.code, self.subject) == (other.kind, other.code, other.subject)
        covers = self.first < self.last or other.first < other.last
        return same and covers and self.first <= other.last and other.first <= self.last
