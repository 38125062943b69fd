"""Whose turn a dispute is, how long each side had it, and how long it may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vendorops.domain.dated import Dated

SUPPLIER, BUYER, PROGRAM = SIDES = ("supplier", "buyer", "program")
"""Who may owe the next word; `program` is the office that runs the program for the buyer."""

BESIDES = {
    "quality": "The work was accepted and turned out not to be as agreed.",
    "late_delivery": "The work was accepted and came later than agreed.",
    "paid_before": "What is claimed was paid before, outside these books or by another claim.",
    "other": "The message says why.",
}
"""Reasons to dispute what a match explains, beside those that a match finds by itself."""


@dataclass(frozen=True)
class DisputeTerms:
    """How long whose turn it is may take."""

    answer_days: Mapping[str, int]
    """Working days by side."""
    credit_days: int
    """Working days in which a supplier sends the credit note that was agreed."""
    cite: str


TERMS = Dated(
    "the dispute policy",
    {
        date(2020, 1, 1): DisputeTerms(
            answer_days={SUPPLIER: 10, BUYER: 5, PROGRAM: 5},
            credit_days=10,
            cite="Dispute policy 1: a supplier answers within two weeks, we within one",
        ),
    },
)


@dataclass(frozen=True)
class Turn:
    """From a day on somebody owes the next word."""

    day: date
    owner: str


def days_used(turns: Sequence[Turn], until: date) -> dict[str, int]:
    """Return for how many calendar days each side had the turn, up to a day.

    >>> turns = [Turn(date(2026, 11, 2), "supplier"), Turn(date(2026, 11, 9), "buyer")]
    >>> days_used(turns, date(2026, 11, 12))
    {'supplier': 7, 'buyer': 3, 'program': 0}
    """
    found = dict.fromkeys(SIDES, 0)
    ends = [turn.day for turn in turns[1:]] + [until]
    for turn, end in zip(turns, ends, strict=True):
        found[turn.owner] += max((end - turn.day).days, 0)
    return found


def other_side(side: str) -> str:
    """Return who owes an answer to what a side said; the program's word goes to the supplier.

    >>> other_side("supplier"), other_side("buyer"), other_side("program")
    ('buyer', 'supplier', 'supplier')
    """
    return BUYER if side == SUPPLIER else SUPPLIER
