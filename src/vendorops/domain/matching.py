"""The three-way match: what of a claim line is explained by accepted work at the agreed price.

`judge` is the rule for one line. The reconciliation stage says the same in SQL for whole months;
tests hold both equal. Every cent of a line's net ends in the allocation or in one difference, and
what is paid (allocated and tolerated) is never more than what was claimed. A credit note reduces
what is paid by what it says, whatever work it is about.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

from vendorops.domain.measure import extended

RULES = "three-way match"
VERSION = 2
"""Raised when the same facts would be judged otherwise; written into every reconciliation."""
ONE = 1_000_000
"""A share of all, in millionths."""


class Reason(StrEnum):
    """Why an amount is not explained by accepted work, and what that means to a person."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    CREDIT = "credit", "The line takes money back, which only a credit note may do."
    DOCUMENT_TOTAL = "document_total", "The lines do not add up to the net of the claim."
    NO_SUCH_WORK = "no_such_work", "The line names no work of its contract."
    WRONG_CURRENCY = "wrong_currency", "The work was agreed in another currency."
    WRONG_PERIOD = "wrong_period", "The work was done in another month."
    LINE_ARITHMETIC = "line_arithmetic", "The line's net is not its quantity times its price."
    NOT_ACCEPTED_YET = "not_accepted_yet", "Nothing of the work has been accepted."
    DUPLICATE_LINE = "duplicate_line", "All that was accepted of the work was claimed before."
    PRICE_ABOVE_TERM = "price_above_term", "The price is above the contract's."
    PRICE_BELOW_TERM = "price_below_term", "The price is below the contract's."
    QUANTITY_ABOVE_ACCEPTED = "quantity_above_accepted", "More is claimed than was accepted."
    ROUNDING = "rounding", "The line was rounded another way, by one smallest unit at most."


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


@dataclass(frozen=True)
class WorkFacts:
    """The work that a line names, as it stands when the line's turn has come."""

    currency: str
    in_month: bool
    """It was done in the month that is reconciled."""
    accepted_e4: int
    claimed_e4: int
    """Already allocated, to claims of before and to earlier lines of the same month."""
    price_e6: int


@dataclass(frozen=True)
class ToleranceFacts:
    """How far a price may stray without a person: both limits hold."""

    share_e6: int = 0
    """Millionths of the agreed price; more than the whole price is never tolerated."""
    amount_minor: int = 0
    """For the line."""


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


def flaw_of_claim(net_minor: int, lines_minor: int) -> Reason | None:
    """Return why no line of a claim can be matched, if so: its lines do not add up to its net."""
    return None if net_minor == lines_minor else Reason.DOCUMENT_TOTAL


def judge(claim: ClaimFacts, work: WorkFacts | None, tolerance: ToleranceFacts) -> Verdict:
    """Split the net of one line into what accepted work stands for and named differences.

    >>> claim = ClaimFacts("EUR", quantity_e4=90_000, price_e6=10_050_000, net_minor=9045)
    >>> work = WorkFacts("EUR", True, accepted_e4=80_000, claimed_e4=0, price_e6=10_000_000)
    >>> verdict = judge(claim, work, ToleranceFacts(share_e6=10_000, amount_minor=100))
    >>> verdict.allocated_minor, [(d.reason.value, d.amount_minor) for d in verdict.differences]
    (8000, [('price_above_term', 40), ('quantity_above_accepted', 1005)])
    """
    if claim.flaw:
        return _whole(claim, claim.flaw)
    if claim.credit_note:
        return _whole(claim, Reason.CREDIT, tolerated=claim.net_minor <= 0)
    if work is None:
        return _whole(claim, Reason.NO_SUCH_WORK)
    flaw = _flaw_of_line(claim, work) or _flaw_of_work(claim, work, tolerance)
    return _whole(claim, flaw) if flaw else _split(claim, work, tolerance)


def _whole(claim: ClaimFacts, reason: Reason, *, tolerated: bool = False) -> Verdict:
    """Return one difference for all of a line."""
    return Verdict(0, 0, (Explained(reason, claim.net_minor, tolerated),))


def _flaw_of_line(claim: ClaimFacts, work: WorkFacts) -> Reason | None:
    if work.currency != claim.currency:
        return Reason.WRONG_CURRENCY
    if not work.in_month:
        return Reason.WRONG_PERIOD
    if claim.quantity_e4 <= 0 or claim.price_e6 < 0 or claim.net_minor < 0:
        return Reason.CREDIT
    own = extended(claim.quantity_e4, claim.price_e6, claim.currency).minor
    return Reason.LINE_ARITHMETIC if abs(claim.net_minor - own) > 1 else None


def _flaw_of_work(claim: ClaimFacts, work: WorkFacts, tolerance: ToleranceFacts) -> Reason | None:
    if work.accepted_e4 == 0:
        return Reason.NOT_ACCEPTED_YET
    # Allocating at the agreed price would pay more than was claimed: a person looks first.
    if claim.price_e6 < work.price_e6 and not _tolerated(claim, work, tolerance):
        return Reason.PRICE_BELOW_TERM
    return Reason.DUPLICATE_LINE if work.claimed_e4 >= work.accepted_e4 else None


def _tolerated(claim: ClaimFacts, work: WorkFacts, tolerance: ToleranceFacts) -> bool:
    """Both limits hold for the price; the amount is that of what can at most be allocated."""
    most = min(claim.quantity_e4, work.accepted_e4)
    claimed = extended(most, claim.price_e6, claim.currency)
    agreed = extended(most, work.price_e6, claim.currency)
    leeway = abs(work.price_e6) * min(tolerance.share_e6, ONE) // ONE
    return (
        abs(claim.price_e6 - work.price_e6) <= leeway
        and abs((claimed - agreed).minor) <= tolerance.amount_minor
    )


def _split(claim: ClaimFacts, work: WorkFacts, tolerance: ToleranceFacts) -> Verdict:
    quantity = min(claim.quantity_e4, work.accepted_e4 - work.claimed_e4)
    allocated = extended(quantity, work.price_e6, claim.currency).minor
    at_claimed_price = extended(quantity, claim.price_e6, claim.currency).minor
    whole = extended(claim.quantity_e4, claim.price_e6, claim.currency).minor
    above = claim.price_e6 > work.price_e6
    found = []
    if at_claimed_price != allocated:
        reason = Reason.PRICE_ABOVE_TERM if above else Reason.PRICE_BELOW_TERM
        tolerated = _tolerated(claim, work, tolerance)
        found.append(Explained(reason, at_claimed_price - allocated, tolerated))
    if quantity < claim.quantity_e4:
        excess = whole - at_claimed_price
        found.append(Explained(Reason.QUANTITY_ABOVE_ACCEPTED, excess, tolerated=False))
    if claim.net_minor != whole:
        found.append(Explained(Reason.ROUNDING, claim.net_minor - whole, tolerated=True))
    return Verdict(quantity, allocated, tuple(found))
