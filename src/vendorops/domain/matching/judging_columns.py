"""The match of many lines at once: on columns of integers, what `judge` says of each line.

Tests hold both equal. No product leaves 64 bits: quantities and prices are bounded by the checks
of their tables, and what is multiplied with the agreed price is never more than what was accepted.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from vendorops.domain.matching.columns import (
    CLEAR,
    CODE,
    NONE,
    DifferenceColumns,
    Flags,
    Judged,
    LineColumns,
    Whole,
)
from vendorops.domain.matching.judging import ONE
from vendorops.domain.matching.reasons import Reason


def judge_columns(lines: LineColumns) -> Judged:
    """Return what `judge` says of each line, and each line's share of work that several claim."""
    most = np.minimum(lines.quantity, lines.accepted)
    own = _amount(lines.quantity, lines.price, lines.divisor)
    apart = _amount(most, lines.price, lines.divisor) - _amount(most, lines.agreed, lines.divisor)
    leeway = _share(np.abs(lines.agreed), lines.price_share)
    tolerated = (np.abs(lines.price - lines.agreed) <= leeway) & (
        np.abs(apart) <= lines.price_minor
    )
    flaw = _flaws(lines, own, tolerated)
    ahead = _ahead(lines, flaw, most)
    late = (flaw == CLEAR) & (ahead >= lines.accepted)
    flaw[late] = CODE[Reason.DUPLICATE_LINE]
    taken = np.where(late, 0, np.minimum(most, lines.accepted - ahead))
    at_claimed = _amount(taken, lines.price, lines.divisor)
    excess = (lines.quantity - taken <= _share(lines.accepted, lines.spare_share)) & (
        own - at_claimed <= lines.spare_minor
    )
    credited = (flaw == CODE[Reason.CREDIT]) & lines.credit_note & (lines.net <= 0)
    return Judged(
        *(flaw, own, taken, at_claimed, _amount(taken, lines.agreed, lines.divisor)),
        price_tolerated=np.where(flaw == CLEAR, tolerated, credited),
        excess_tolerated=excess & tolerated,
    )


def dispute_beyond_totals(lines: LineColumns, judged: Judged, claim: Whole, totals: Whole) -> None:
    """Dispute what lines stray where it is more than their claim may stray; see `within_total`.

    `claim` tells of each line which of the `totals` is its claim's.
    """
    clear = judged.flaw == CLEAR
    dearer = clear & (judged.at_claimed > judged.at_agreed)
    more = clear & judged.excess_tolerated & (judged.taken < lines.quantity)
    price = np.where(dearer & judged.price_tolerated, judged.at_claimed - judged.at_agreed, 0)
    strayed = np.zeros_like(totals)
    np.add.at(strayed, claim, price + np.where(more, judged.own - judged.at_claimed, 0))
    beyond = (strayed > totals)[claim]
    judged.excess_tolerated[beyond & clear] = False
    judged.price_tolerated[beyond & dearer] = False


def refuse_beyond_caps(
    lines: LineColumns, judged: Judged, contract: Whole, rooms: Mapping[int, int]
) -> None:
    """Refuse lines for which the cap of their contract has no room, as `within_cap` does.

    `rooms` tells what is left of the caps that could be exceeded.
    """
    payable = _payable(lines, judged)
    tight = np.flatnonzero(np.isin(contract, list(rooms)))
    tight = tight[np.argsort(lines.turn[tight])]
    running: dict[int, int] = defaultdict(int)
    places = zip(tight.tolist(), contract[tight].tolist(), payable[tight].tolist(), strict=True)
    for at, of, minor in places:
        running[of] += minor
        if minor > 0 and running[of] > rooms[of]:
            refused = {"flaw": CODE[Reason.CAP_EXCEEDED], "taken": 0, "price_tolerated": False}
            judged.put(at, refused)


def differences(lines: LineColumns, judged: Judged) -> DifferenceColumns:
    """Return everything that is not allocated, line after line, price before quantity."""
    clear = judged.flaw == CLEAR
    off = judged.at_claimed - judged.at_agreed
    above, below = CODE[Reason.PRICE_ABOVE_TERM], CODE[Reason.PRICE_BELOW_TERM]
    lead, rest = judged.own - judged.at_claimed, lines.net - judged.own
    every = np.ones_like(clear)
    parts = (
        (~clear, judged.flaw, lines.net, judged.price_tolerated),
        (clear & (off != 0), np.where(off > 0, above, below), off, judged.price_tolerated),
        (
            clear & (judged.taken < lines.quantity),
            np.full_like(off, CODE[Reason.QUANTITY_ABOVE_ACCEPTED]),
            lead,
            judged.excess_tolerated,
        ),
        (clear & (rest != 0), np.full_like(off, CODE[Reason.ROUNDING]), rest, every),
    )
    chosen = [
        (np.flatnonzero(held), *(column[held] for column in columns)) for held, *columns in parts
    ]
    line, reason, minor, tolerated = map(np.concatenate, zip(*chosen, strict=True))
    order = np.argsort(line, kind="stable")
    return DifferenceColumns(line[order], reason[order], minor[order], tolerated[order])


def disputed(lines: LineColumns, judged: Judged) -> Flags:
    """Tell of which lines some amount is disputed."""
    price = (judged.at_claimed != judged.at_agreed) & ~judged.price_tolerated
    excess = (judged.taken < lines.quantity) & ~judged.excess_tolerated
    found: Flags = np.where(judged.flaw == CLEAR, price | excess, ~judged.price_tolerated)
    return found


def _flaws(lines: LineColumns, own: Whole, tolerated: Flags) -> Whole:
    """Return the first reason against each line that holds."""
    below_zero = (lines.quantity <= 0) | (lines.price < 0) | (lines.net < 0)
    taxed = ~lines.statement & (lines.due_category != NONE)
    against = (
        (lines.flaw_of_claim != CLEAR, lines.flaw_of_claim),
        (lines.credit_note, CODE[Reason.CREDIT]),
        (lines.work == 0, lines.unnamed),
        (~lines.same_currency, CODE[Reason.WRONG_CURRENCY]),
        (~lines.in_month, CODE[Reason.WRONG_PERIOD]),
        (below_zero, CODE[Reason.CREDIT]),
        (taxed & (lines.tax_category != lines.due_category), CODE[Reason.WRONG_TAX_CATEGORY]),
        (taxed & (lines.tax_rate != lines.due_rate), CODE[Reason.WRONG_TAX_RATE]),
        (np.abs(lines.net - own) > 1, CODE[Reason.LINE_ARITHMETIC]),
        (lines.accepted == 0, CODE[Reason.NOT_ACCEPTED_YET]),
        (lines.below_grade, CODE[Reason.GRADE_BELOW_AGREED]),
        ((lines.price < lines.agreed) & ~tolerated, CODE[Reason.PRICE_BELOW_TERM]),
    )
    conditions, codes = zip(*against, strict=True)
    flaw: Whole = np.select(list(conditions), list(codes), CLEAR)
    return flaw


def _ahead(lines: LineColumns, flaw: Whole, most: Whole) -> Whole:
    """Return what of its work is gone before each line: claimed before, or by lines before it."""
    ahead = lines.claimed.copy()
    at = np.flatnonzero(flaw == CLEAR)
    by_work = at[np.argsort(lines.work[at], kind="stable")]
    same = lines.work[by_work][1:] == lines.work[by_work][:-1]
    shared = by_work[np.r_[False, same] | np.r_[same, False]] if len(at) else at
    order = shared[np.lexsort((lines.turn[shared], lines.work[shared]))]
    running = np.cumsum(most[order]) - most[order]
    work = lines.work[order]
    first = np.r_[True, work[1:] != work[:-1]][: len(work)]
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    ahead[order] += running - running[start]
    if (ahead < 0).any():
        raise OverflowError("the lines of one piece of work claim more than 64 bits hold")
    return ahead


def _payable(lines: LineColumns, judged: Judged) -> Whole:
    """Return what of each line is going to be paid, before caps."""
    price = np.where(judged.price_tolerated, judged.at_claimed - judged.at_agreed, 0)
    more = (judged.taken < lines.quantity) & judged.excess_tolerated
    excess = np.where(more, judged.own - judged.at_claimed, 0)
    kept = judged.at_agreed + lines.net - judged.own + price + excess
    whole = np.where(judged.price_tolerated, lines.net, 0)
    payable: Whole = np.where(judged.flaw == CLEAR, kept, whole)
    return payable


def _amount(quantity: Whole, price: Whole, divisor: Whole) -> Whole:
    """Return quantity times price in minor units, rounded half up, away from zero."""
    product = quantity * price
    size = np.abs(product)
    rounded: Whole = np.sign(product) * (size // divisor + 2 * (size % divisor) // divisor)
    return rounded


def _share(whole: Whole, share: Whole) -> Whole:
    """Return so many millionths of something without a fraction; -1 where none are agreed."""
    part = whole // ONE * share + whole % ONE * share // ONE
    return np.where(share == NONE, NONE, part)
