"""Claim lines and the work they name: mostly right, some of them wrong in thirteen ways."""

from dataclasses import dataclass
from enum import IntEnum
from math import log

import numpy as np
from numpy.typing import NDArray

from vendorops.domain.measure import PRICE_PLACES, QUANTITY_PLACES

Whole = NDArray[np.int64]


class Kind(IntEnum):
    """What a line is like: right, paid as claimed all the same, or wrong in one of many ways."""

    CLEAN = 0
    WITHIN_TOLERANCE = 1
    ROUNDED = 2
    CREDITED = 3
    """On a credit note, which takes money back."""
    PRICE_ABOVE_TERM = 4
    PRICE_BELOW_TERM = 5
    QUANTITY_ABOVE_ACCEPTED = 6
    PARTLY_ACCEPTED = 7
    NOT_ACCEPTED_YET = 8
    NO_SUCH_WORK = 9
    DUPLICATE_IN_THE_CLAIM = 10
    DUPLICATE_OF_ANOTHER_CLAIM = 11
    WRONG_CURRENCY = 12
    WRONG_PERIOD = 13
    LINE_ARITHMETIC = 14
    CREDIT = 15
    """Below zero on an invoice, which may not take money back."""
    DOCUMENT_TOTAL = 16
    """On a claim whose lines do not add up to its net."""


OF_A_CLAIM = (Kind.CREDITED, Kind.DOCUMENT_TOTAL)
"""What all lines of a claim are like at once."""
DEFECTS = [kind for kind in Kind if kind > Kind.CREDITED]
DEFECTIVE_SHARE = 0.22
BENIGN_SHARE = 0.03
CREDIT_NOTES, WRONG_TOTALS = 0.02, 0.005
"""Shares of claims."""
USUAL_CLAIM, SPREAD, LARGEST_CLAIM = 30, 1.0, 1000
"""Lines of a claim: the median, how widely sizes spread (log-normally), and the most."""
STRAY_E6 = 9_000
"""Prices within tolerance stray by at most so many millionths."""


@dataclass(frozen=True)
class Lines:
    """The lines of one supplier by column; work items have the same positions."""

    kind: Whole
    claim: Whole
    """Which claim a line is of, counted from zero."""
    line: Whole
    """Its position in the claim, counted from one."""
    quantity: Whole
    price: Whole
    net: Whole
    work: Whole
    """Position of the work item that is named; -1 for none."""
    work_quantity: Whole
    accepted: Whole
    work_price: Whole


def draw(count: int, seed: int, *, places: int = 2, contracts: int = 1) -> Lines:
    """Return the lines of one supplier in a currency of so many places; a seed draws the same.

    Claims are made under its contracts by turns, and name work of their own contract.
    """
    random = np.random.default_rng(seed)
    position = np.arange(count, dtype=np.int64)
    starts = _starts(random, count)
    claim = np.searchsorted(starts, position, side="right") - 1
    kind = _kinds(random, claim, first=starts[claim] == position, contracts=contracts)
    work_quantity = random.integers(4, 320, count) * 2500
    work_price = random.integers(2_000, 20_000, count) * 10 ** (6 - places)
    accepted = np.select(
        [kind == Kind.PARTLY_ACCEPTED, kind == Kind.NOT_ACCEPTED_YET],
        [work_quantity // 2, np.zeros_like(kind)],
        work_quantity,
    )
    work = np.select(
        [
            kind == Kind.NO_SUCH_WORK,
            kind == Kind.DUPLICATE_IN_THE_CLAIM,
            kind == Kind.DUPLICATE_OF_ANOTHER_CLAIM,
        ],
        [np.full_like(kind, -1), starts[claim], starts[claim % contracts]],
        position,
    )
    divisor = 10 ** (QUANTITY_PLACES + PRICE_PLACES - places)
    stray = random.integers(-STRAY_E6, STRAY_E6 + 1, count)
    claimed = _claimed(kind, work_quantity[work], work_price[work], stray, divisor)
    line = position - starts[claim] + 1
    return Lines(kind, claim, line, *claimed, work, work_quantity, accepted, work_price)


def _claimed(
    kind: Whole, quantity: Whole, price: Whole, stray: Whole, divisor: int
) -> tuple[Whole, Whole, Whole]:
    """Return quantity, price and net as the supplier writes them."""
    price = np.select(
        [
            kind == Kind.WITHIN_TOLERANCE,
            kind == Kind.PRICE_ABOVE_TERM,
            kind == Kind.PRICE_BELOW_TERM,
        ],
        [price + price // 1_000_000 * stray, price * 6 // 5, price * 4 // 5],
        price,
    )
    quantity = quantity + 100_000 * (kind == Kind.QUANTITY_ABOVE_ACCEPTED)
    net = (quantity * price + divisor // 2) // divisor
    net += (kind == Kind.ROUNDED) + 1000 * (kind == Kind.LINE_ARITHMETIC)
    sign = np.where(np.isin(kind, (Kind.CREDIT, Kind.CREDITED)), -1, 1)
    return quantity * sign, price, net * sign


def _starts(random: np.random.Generator, count: int) -> Whole:
    """Return at which line each claim begins, so that there are `count` lines in all."""
    sizes = random.lognormal(log(USUAL_CLAIM), SPREAD, count // 4 + 2).astype(np.int64)
    ends = np.cumsum(np.clip(sizes, 4, LARGEST_CLAIM))
    return np.concatenate([np.zeros(1, np.int64), ends[ends < count]])


def _kinds(
    random: np.random.Generator, claim: Whole, *, first: NDArray[np.bool_], contracts: int
) -> Whole:
    """Draw what each line is like; the first of each claim is clean, as others repeat it."""
    of_lines = [kind for kind in DEFECTS if kind not in OF_A_CLAIM]
    kinds = [Kind.CLEAN, Kind.WITHIN_TOLERANCE, Kind.ROUNDED, *of_lines]
    shares = [BENIGN_SHARE, BENIGN_SHARE, *[DEFECTIVE_SHARE / len(of_lines)] * len(of_lines)]
    kind = random.choice(np.array(kinds, np.int64), len(claim), p=[1 - sum(shares), *shares])
    kind[first] = Kind.CLEAN
    drawn = random.random(int(claim[-1]) + 1)
    drawn[:contracts] = 1  # What other claims repeat is in order.
    whole = np.select(
        [drawn < CREDIT_NOTES, drawn < CREDIT_NOTES + WRONG_TOTALS], [*OF_A_CLAIM], Kind.CLEAN
    )[claim]
    return np.where(whole > 0, whole, kind)
