"""What suppliers did and what they claim for it, with what is due of each line by the truth."""

from dataclasses import dataclass, field
from datetime import date

from vendorops.domain.measure import extended

OCTOBER, SEPTEMBER = date(2026, 10, 9), date(2026, 9, 24)
"""Days of work of the month, and of the one before."""
IN_TIME, LATE = date(2026, 9, 30), date(2026, 10, 12)
"""Days on which work was accepted: before the month began, and in it."""
TAX_E4 = 600


@dataclass(frozen=True)
class Work:
    """One piece of work as the books have it."""

    key: int
    contract: int
    term: str
    quantity_e4: int
    accepted_e4: int
    price_e6: int
    currency: str
    performed_on: date = OCTOBER
    accepted_on: date | None = LATE

    @property
    def reference(self) -> str:
        """What the supplier should quote."""
        return f"WRK-2026-{self.key:06d}"


@dataclass(frozen=True)
class SentLine:
    """One line of a claim as it is written, and the truth about it."""

    work: Work
    """What it is for, whatever it names."""
    reference: str
    quantity_e4: int
    price_e6: int
    due_minor: int
    """What may be paid of it with nobody asked."""
    fault: str = ""
    off_minor: int = 0
    """By how much its net is not quantity times price."""
    tax_category: str = "S"
    tax_rate_e4: int = TAX_E4

    def net_minor(self, currency: str) -> int:
        """Return its net as written."""
        return extended(self.quantity_e4, self.price_e6, currency).minor + self.off_minor


@dataclass(frozen=True)
class Sent:
    """One claim as a file, and the truth about it."""

    supplier: int
    contract: int
    currency: str
    number: str
    issue_date: date
    how: str
    """`ubl`, `cii`, `csv` or `xlsx`."""
    lines: tuple[SentLine, ...]
    fault: str = ""
    credits: str = ""
    """Number of the claim that it takes back."""
    tax_off_minor: int = 0
    contract_reference: str = ""
    """Where it names another than its own."""
    posted: bool = False
    """It comes a second time, in a mail."""


@dataclass
class Month:
    """Everything that was done and claimed."""

    works: list[Work] = field(default_factory=list)
    claims: list[Sent] = field(default_factory=list)
    """In the order in which they arrive."""
    suppliers: dict[int, str] = field(default_factory=dict)
    """Currency by number; contracts of a supplier have the keys 2 n and 2 n + 1."""
    caps: dict[int, int] = field(default_factory=dict)
    """Minor units by contract, where one is tight."""
