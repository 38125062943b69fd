"""The least that reconciling takes: read the columns, match them in memory, write the verdicts.

It answers for the seeded month what the books answer (the benchmark compares them), and nothing
else: no history, no seal, no checks, no index but the key, no second run, and for one month only.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine

from vendorops.bench._bare_tables import Bare, bare
from vendorops.bench._company import AMOUNT_MINOR, SHARE_E6
from vendorops.domain.matching import Reason

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

REASONS = tuple(reason.value for reason in Reason)
CODE = {reason: at for at, reason in enumerate(REASONS)}
FOUND = 99
"""No reason against a line as a whole."""
ONE_E6 = 1_000_000


class Lines(NamedTuple):
    """Claim lines by column, each with what its claim says."""

    line: Whole
    named: Whole
    quantity: Whole
    price: Whole
    net: Whole
    contract: Whole
    currency: Whole
    divisor: Whole
    credit_note: Flags
    adds_up: Flags
    day: Whole


class Verdict(NamedTuple):
    """What became of each line: a reason against all of it, or what accepted work stands for."""

    flaw: Whole
    taken: Whole
    own: Whole
    at_claimed: Whole
    at_agreed: Whole


def floor(engine: Engine, month: str) -> int:
    """Match the lines of a month with NumPy, write the verdicts; return how many were written."""
    with bare(engine) as tables:
        lines = _lines(tables, month)
        work = tables.work(month)
        verdict = _match(lines, work)
        kept = verdict.flaw == FOUND
        allocated = (lines.line, lines.named, verdict.taken, verdict.at_agreed)
        tables.write("floor_allocation", [column[kept] for column in allocated])
        differing = _differences(lines, verdict)
        tables.write("floor_difference", differing)
        return int(kept.sum()) + len(differing[0])


def _lines(tables: Bare, month: str) -> Lines:
    claim, contract, currency, places, credit_note, net, day = tables.claims(month)
    line, of, named, quantity, price, line_net = tables.lines(month)
    at = np.searchsorted(claim, of)
    sums = np.zeros_like(net)
    np.add.at(sums, at, line_net)
    divisor = 10 ** (10 - places)
    read = (line, named, quantity, price, line_net, contract[at], currency[at], divisor[at])
    return Lines(*read, (credit_note == 1)[at], (sums == net)[at], day[at])


def _match(lines: Lines, work: tuple[Whole, ...]) -> Verdict:
    ident, contract, currency, in_month, accepted, agreed = work
    at = np.minimum(np.searchsorted(ident, lines.named), len(ident) - 1)
    known = (ident[at] == lines.named) & (contract[at] == lines.contract)
    accepted, agreed = accepted[at], agreed[at]
    most = np.minimum(lines.quantity, accepted)
    own = _half_up(lines.quantity * lines.price, lines.divisor)
    apart = _half_up(most * lines.price, lines.divisor) - _half_up(most * agreed, lines.divisor)
    stray = np.abs(lines.price - agreed)
    tolerated = (stray <= agreed * SHARE_E6 // ONE_E6) & (np.abs(apart) <= AMOUNT_MINOR)
    against = {
        "document_total": ~lines.adds_up,
        "credit": lines.credit_note,
        "reference_unknown": ~known,
        "wrong_currency": currency[at] != lines.currency,
        "wrong_period": in_month[at] == 0,
        "line_arithmetic": np.abs(lines.net - own) > 1,
        "not_accepted_yet": accepted == 0,
        "price_below_term": (lines.price < agreed) & ~tolerated,
    }
    below_zero = (lines.quantity <= 0) | (lines.net < 0)
    against["line_arithmetic"] &= ~below_zero
    conditions = [*against.values(), below_zero]
    codes = [*(CODE[reason] for reason in against), CODE["credit"]]
    flaw = np.select(conditions, codes, FOUND)
    ahead = _ahead(lines, np.where(flaw == FOUND, most, 0))
    flaw = np.where((flaw == FOUND) & (ahead >= accepted), CODE["duplicate_line"], flaw)
    taken = np.minimum(most, accepted - ahead)
    at_claimed = _half_up(taken * lines.price, lines.divisor)
    return Verdict(flaw, taken, own, at_claimed, _half_up(taken * agreed, lines.divisor))


def _ahead(lines: Lines, wanted: Whole) -> Whole:
    """Return how much of its work the lines served before each have taken."""
    ahead = np.zeros_like(wanted)
    named = np.where(wanted > 0, lines.named, 0)
    several = np.bincount(named - named.min()) > 1
    shared = np.flatnonzero(several[named - named.min()] & (wanted > 0))
    order = shared[np.lexsort((lines.line[shared], lines.day[shared], lines.named[shared]))]
    running = np.cumsum(wanted[order]) - wanted[order]
    first = np.r_[True, lines.named[order][1:] != lines.named[order][:-1]][: len(order)]
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    ahead[order] = running - running[start]
    return ahead


def _differences(lines: Lines, verdict: Verdict) -> list[Whole]:
    """Return line, code of the reason and amount of everything that is not allocated."""
    kept = verdict.flaw == FOUND
    apart = verdict.at_claimed - verdict.at_agreed
    above, below = CODE["price_above_term"], CODE["price_below_term"]
    excess, rest = verdict.own - verdict.at_claimed, lines.net - verdict.own
    parts = (
        (~kept, verdict.flaw, lines.net),
        (kept & (apart != 0), np.where(apart > 0, above, below), apart),
        (
            kept & (verdict.taken < lines.quantity),
            np.full_like(apart, CODE["quantity_above_accepted"]),
            excess,
        ),
        (kept & (rest != 0), np.full_like(apart, CODE["rounding"]), rest),
    )
    columns = [(lines.line[at], code[at], amount[at]) for at, code, amount in parts]
    return [np.concatenate(column) for column in zip(*columns, strict=True)]


def _half_up(product: Whole, divisor: Whole) -> Whole:
    return (product + divisor // 2) // divisor
