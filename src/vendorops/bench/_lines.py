"""Claim lines and the work they name: mostly right, some of them wrong in twelve ways."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


class Kind(IntEnum):
    """What a line is like: right, within what is tolerated, or wrong in one of twelve ways."""

    CLEAN = 0
    WITHIN_TOLERANCE = 1
    ROUNDED = 2
    PRICE_ABOVE_TERM = 3
    PRICE_BELOW_TERM = 4
    QUANTITY_ABOVE_ACCEPTED = 5
    PARTLY_ACCEPTED = 6
    NOT_ACCEPTED_YET = 7
    NO_SUCH_WORK = 8
    DUPLICATE_IN_THE_CLAIM = 9
    DUPLICATE_OF_ANOTHER_CLAIM = 10
    WRONG_CURRENCY = 11
    WRONG_PERIOD = 12
    LINE_ARITHMETIC = 13
    CREDIT = 14


DEFECTS = [kind for kind in Kind if kind > Kind.ROUNDED]
DEFECTIVE_SHARE = 0.22
BENIGN_SHARE = 0.02
CENT_E10 = 10**8
"""A cent, as quantities (10^4) times prices (10^6) count it."""


@dataclass(frozen=True)
class Lines:
    """The lines of one supplier by column; work items have the same positions."""

    kind: Whole
    quantity: Whole
    price: Whole
    net: Whole
    work: Whole
    """Position of the work item that is named; -1 for none."""
    work_quantity: Whole
    accepted: Whole
    work_price: Whole


def draw(count: int, claim_size: int, seed: int) -> Lines:
    """Return the lines of one supplier; the same seed draws the same."""
    random = np.random.default_rng(seed)
    position = np.arange(count, dtype=np.int64)
    kind = _kinds(random, count, first=position % claim_size == 0)
    work_quantity = random.integers(4, 320, count) * 2500
    work_price = random.integers(2_000, 20_000, count) * 10_000
    half, none = work_quantity // 2, np.zeros_like(kind)
    accepted = np.select(
        [kind == Kind.PARTLY_ACCEPTED, kind == Kind.NOT_ACCEPTED_YET], [half, none], work_quantity
    )
    work = np.select(
        [
            kind == Kind.NO_SUCH_WORK,
            kind == Kind.DUPLICATE_IN_THE_CLAIM,
            kind == Kind.DUPLICATE_OF_ANOTHER_CLAIM,
        ],
        [none - 1, position // claim_size * claim_size, none],
        position,
    )
    claimed = _claimed(kind, work_quantity[work], work_price[work])
    return Lines(kind, *claimed, work, work_quantity, accepted, work_price)


def _claimed(kind: Whole, quantity: Whole, price: Whole) -> tuple[Whole, Whole, Whole]:
    """Return quantity, price and net as the supplier writes them."""
    price = np.select(
        [
            kind == Kind.WITHIN_TOLERANCE,
            kind == Kind.PRICE_ABOVE_TERM,
            kind == Kind.PRICE_BELOW_TERM,
        ],
        [price + 10_000, price * 6 // 5, price * 4 // 5],
        price,
    )
    quantity = quantity + 100_000 * (kind == Kind.QUANTITY_ABOVE_ACCEPTED)
    net = (quantity * price + CENT_E10 // 2) // CENT_E10
    net += (kind == Kind.ROUNDED) + 1000 * (kind == Kind.LINE_ARITHMETIC)
    sign = np.where(kind == Kind.CREDIT, -1, 1)
    return quantity * sign, price, net * sign


def _kinds(random: np.random.Generator, count: int, *, first: NDArray[np.bool_]) -> Whole:
    """Draw what each line is like; the first of each claim is clean, as others repeat it."""
    defective = DEFECTIVE_SHARE / len(DEFECTS)
    clean = 1 - DEFECTIVE_SHARE - 2 * BENIGN_SHARE
    shares = [clean, BENIGN_SHARE, BENIGN_SHARE, *[defective] * len(DEFECTS)]
    kind: Whole = random.choice(len(shares), count, p=shares).astype(np.int64)
    kind[first] = Kind.CLEAN
    return kind
