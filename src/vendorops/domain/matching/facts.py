"""What the match of one claim line is told, and what it answers."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from vendorops.domain.matching.reasons import Reason
from vendorops.domain.periods import Period


@dataclass(frozen=True)
class TaxFacts:
    """How a line is taxed, or how its work is to be taxed on its day."""

    category: str
    """BT-151 (UNCL 5305)."""
    rate_e4: int


@dataclass(frozen=True)
class ClaimFacts:
    """What a claim line says."""

    currency: str
    quantity_e4: int
    price_e6: int
    net_minor: int
    flaw: Reason | None = None
    """What is wrong with the claim as a whole; see `flaw_of_claim`."""
    credit_note: bool = False
    """Its amounts are booked below zero; they are taken off what is paid."""
    tax: TaxFacts | None = None
    """How it is taxed; None on a statement, which is no paper for taxes."""
    unnamed: Reason = Reason.NO_SUCH_WORK
    """Why it names no work, where it names none: nothing given, unknown, of another contract."""


@dataclass(frozen=True)
class WorkFacts:
    """The work that a line names, as it stands when the line's turn has come."""

    currency: str
    in_month: bool
    """It may be claimed in the month that is reconciled; see `belongs`."""
    accepted_e4: int
    claimed_e4: int
    """Already allocated, to claims of before and to earlier lines of the same month."""
    price_e6: int
    grade: str = ""
    """By which it was accepted; empty where it was accepted without one."""


@dataclass(frozen=True)
class ToleranceFacts:
    """How far a figure may stray without a person: both limits hold."""

    share_e6: int = 0
    """Millionths of what is agreed, accepted or computed; more than all of it never passes."""
    amount_minor: int = 0
    """For the line; for the step tax, of the claim."""


@dataclass(frozen=True)
class TermFacts:
    """What holds for work of one kind on its day: tolerances by step, and its tax."""

    price: ToleranceFacts = field(default_factory=ToleranceFacts)
    quantity: ToleranceFacts = field(default_factory=ToleranceFacts)
    tax: TaxFacts | None = None
    """None where no tax is on file, and none is compared."""
    grades: tuple[str, ...] = ()
    """By which the work is paid; none where it is paid without a grade."""

    def forbids(self, grade: str) -> bool:
        """Tell whether work that was accepted by a grade, or without one, is not paid."""
        return bool(self.grades) and grade not in self.grades


@dataclass(frozen=True)
class DocumentFacts:
    """The sums of a claim: those it states, and what its lines make."""

    net_minor: int
    lines_minor: int
    tax_minor: int = 0
    tax_by_rate_minor: int = 0
    """Rounded once for each category and rate (EN 16931 BR-CO-17)."""
    tax_by_line_minor: int = 0
    """Rounded line by line as many exporters do, or as the lines themselves state it (fapiao)."""


class Explained(NamedTuple):
    """A part of a line that the agreed price of accepted work does not stand for."""

    reason: Reason
    amount_minor: int
    tolerated: bool
    """Paid as claimed; else disputed, not paid, and for a person to decide."""


@dataclass(frozen=True)
class Verdict:
    """How a line's net is split, exactly: allocated + the sum of differences = net."""

    allocated_quantity_e4: int
    allocated_minor: int
    differences: tuple[Explained, ...]

    @property
    def payable_minor(self) -> int:
        """What of the line is paid: allocated and tolerated."""
        tolerated = sum(part.amount_minor for part in self.differences if part.tolerated)
        return self.allocated_minor + tolerated


def belongs(
    month: Period, performed_on: date, accepted_on: date | None, claimed_before_e4: int
) -> bool:
    """Tell whether work may be claimed in a month: its own, or a later one where it was late.

    Work of an earlier month is late when it was accepted after that month's end, or not yet, and
    when claims of before took a part of it: then this claims the rest.
    """
    if performed_on in month:
        return True
    accepted_before = accepted_on is not None and accepted_on < month.start
    return performed_on < month.start and (not accepted_before or claimed_before_e4 > 0)
