"""A line that covers several pieces of work: how its net is spread over them, in a fixed order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vendorops.domain.matching.facts import (
    ClaimFacts,
    Explained,
    TaxFacts,
    WorkFacts,
)
from vendorops.domain.matching.reasons import Reason
from vendorops.domain.measure import PRICE_PLACES, QUANTITY_PLACES, extended
from vendorops.domain.money import exponent


@dataclass(frozen=True)
class Covered:
    """A piece of work of what the line names: a service sheet, an order, or a line of one."""

    work: WorkFacts
    tax: TaxFacts | None = None
    """How it is to be taxed; None where no tax is on file."""
    below_grade: bool = False
    """It was accepted by another grade than is paid, so that nothing of it is taken."""


class Part(NamedTuple):
    """What of a piece a line takes; nothing where both are 0."""

    quantity_e4: int
    minor: int


@dataclass(frozen=True)
class Spread:
    """How a line's net is split, exactly: the sum of parts and of differences is the net."""

    parts: tuple[Part, ...]
    """One for each piece, in the order given."""
    differences: tuple[Explained, ...]


NOTHING = Part(0, 0)


def spread(claim: ClaimFacts, covered: Sequence[Covered]) -> Spread:
    """Split the net of a line over the pieces it covers, in the order given.

    Such a line is a sum: its net is compared with what is accepted and not claimed yet of its
    pieces at their prices, each rounded to the smallest unit. Within one unit for each piece it
    takes them all; above that the rest is disputed; below it takes as much as its net pays for,
    piece after piece, the last one in part.

    >>> piece = Covered(WorkFacts("EUR", True, 80_000, 0, 10_000_000))
    >>> found = spread(ClaimFacts("EUR", 10_000, 120_000_000, 120_00), [piece, piece])
    >>> [(part.quantity_e4, part.minor) for part in found.parts]
    [(80000, 8000), (40000, 4000)]
    """
    flaw = _flaw(claim, covered)
    if flaw:
        whole = Explained(flaw, claim.net_minor, tolerated=False)
        return Spread((NOTHING,) * len(covered), (whole,))
    worth = [_open(claim, each) for each in covered]
    off = claim.net_minor - sum(part.minor for part in worth)
    if off < -len(worth):
        # A line of nothing takes nothing; that is told too, as of every line.
        nothing = (Explained(Reason.ROUNDING, 0, tolerated=True),)
        parts = tuple(_in_turn(claim, covered, worth))
        return Spread(parts, () if claim.net_minor else nothing)
    found = []
    if abs(off) > len(worth):
        found.append(Explained(Reason.QUANTITY_ABOVE_ACCEPTED, off, tolerated=False))
    elif off:
        found.append(Explained(Reason.ROUNDING, off, tolerated=True))
    return Spread(tuple(worth), tuple(found))


def _flaw(claim: ClaimFacts, covered: Sequence[Covered]) -> Reason | None:
    if not covered:
        return Reason.NOT_ACCEPTED_YET
    same = [each for each in covered if each.work.currency == claim.currency]
    timely = [each for each in same if each.work.in_month]
    own = extended(claim.quantity_e4, claim.price_e6, claim.currency).minor
    sums = {
        Reason.WRONG_CURRENCY: not same,
        Reason.WRONG_PERIOD: not timely,
        Reason.CREDIT: claim.quantity_e4 <= 0 or claim.price_e6 < 0 or claim.net_minor < 0,
        Reason.WRONG_TAX_CATEGORY: _differ(claim, timely, "category"),
        Reason.WRONG_TAX_RATE: _differ(claim, timely, "rate_e4"),
        Reason.LINE_ARITHMETIC: abs(claim.net_minor - own) > 1,
        Reason.NOT_ACCEPTED_YET: not any(each.work.accepted_e4 for each in timely),
        Reason.GRADE_BELOW_AGREED: all(
            each.below_grade for each in timely if each.work.accepted_e4
        ),
        Reason.DUPLICATE_LINE: not any(_open(claim, each).quantity_e4 for each in timely),
    }
    return next((reason for reason, holds in sums.items() if holds), None)


def _differ(claim: ClaimFacts, covered: Sequence[Covered], what: str) -> bool:
    """Tell whether any piece is to be taxed otherwise than the line is."""
    taxes = [each.tax for each in covered if each.tax and claim.tax]
    return any(getattr(tax, what) != getattr(claim.tax, what) for tax in taxes)


def _open(claim: ClaimFacts, covered: Covered) -> Part:
    """Return what may be taken of a piece: accepted, not claimed, of this month and currency."""
    work = covered.work
    if not work.in_month or work.currency != claim.currency or covered.below_grade:
        return NOTHING
    quantity = max(work.accepted_e4 - work.claimed_e4, 0)
    return Part(quantity, extended(quantity, work.price_e6, claim.currency).minor)


def _in_turn(claim: ClaimFacts, covered: Sequence[Covered], worth: Sequence[Part]) -> list[Part]:
    """Take piece after piece until the net is spent.

    Of the last one so much is taken as the rest of the net pays for, rounded up to the next
    ten-thousandth, so that no more is ever paid for it than was agreed.
    """
    divisor = 10 ** (QUANTITY_PLACES + PRICE_PLACES - exponent(claim.currency))
    rest, found = claim.net_minor, []
    for each, whole in zip(covered, worth, strict=True):
        part = whole
        if rest == 0:
            part = NOTHING
        elif rest < whole.minor:
            part = Part(-(-rest * divisor // each.work.price_e6), rest)
        found.append(part)
        rest -= part.minor
    return found
