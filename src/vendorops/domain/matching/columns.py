"""What the match of many lines is told, and what it answers, by column."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendorops.domain.matching.reasons import Reason

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

REASONS = tuple(Reason)
CODE = {reason: at for at, reason in enumerate(REASONS)}
CLEAR = -1
"""In the place of a reason: there is none against the line as a whole."""
COVERS = len(REASONS)
"""In the place of a reason: the line names a sheet or an order, and is judged by its pieces."""
NONE = -1
"""In the place of a share or a rate: none is on file for the work."""
UNLIMITED = int(np.iinfo(np.int64).max)
"""In the place of what the lines of a claim may stray together: each stands for itself."""


@dataclass(frozen=True)
class LineColumns:
    """What the match is told of each line, in the order of the seal; of no work it is 0."""

    turn: Whole
    """Lines are served in this order."""
    flaw_of_claim: Whole
    """The code of what is wrong with the whole claim, or CLEAR."""
    credit_note: Flags
    statement: Flags
    divisor: Whole
    """By which quantity times price is divided to be minor units of the claim's currency."""
    quantity: Whole
    price: Whole
    net: Whole
    tax_category: Whole
    """A number for each category there is."""
    tax_rate: Whole
    work: Whole
    """The key of the work that is named; 0 for none."""
    unnamed: Whole
    """The code of why none is named, or COVERS."""
    same_currency: Flags
    in_month: Flags
    """See `belongs`."""
    accepted: Whole
    claimed: Whole
    agreed: Whole
    below_grade: Flags
    """It was accepted by another grade than is paid."""
    due_category: Whole
    due_rate: Whole
    price_share: Whole
    price_minor: Whole
    spare_share: Whole
    spare_minor: Whole


@dataclass(frozen=True)
class Judged:
    """What became of each line. Lines that cover pieces are filled in when those are judged."""

    flaw: Whole
    """The code of a reason against all of the line, or CLEAR."""
    own: Whole
    """Quantity times price."""
    taken: Whole
    """How much of the accepted quantity the line takes."""
    at_claimed: Whole
    """What it takes, at its own price."""
    at_agreed: Whole
    price_tolerated: Flags
    """Where a reason is against all of the line: whether that is tolerated, as a credit is."""
    excess_tolerated: Flags

    def put(self, at: int, values: Mapping[str, int | bool]) -> None:
        """Set what became of one line."""
        for name, value in values.items():
            getattr(self, name)[at] = value


@dataclass(frozen=True)
class DifferenceColumns:
    """The parts of lines that accepted work does not stand for, line after line."""

    line: Whole
    """The position of the line among those judged."""
    reason: Whole
    minor: Whole
    tolerated: Flags
