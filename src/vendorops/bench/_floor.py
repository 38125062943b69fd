"""The least that reconciling takes: read the columns, match them in memory, write what is made.

It answers for the seeded month what the books answer (the benchmark compares them), in rows of
numbers: no indices but keys, no checks, no foreign keys, no second run, and for one month only.
`verdicts` writes nothing but verdicts; `floor` leaves behind all that a month has to.
"""

from collections.abc import Sequence
from hashlib import sha256
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
    claim: Whole
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
    tolerated: Flags


class Done(NamedTuple):
    """What was read, and what was made of it."""

    lines: Lines
    work: tuple[Whole, ...]
    verdict: Verdict
    written: tuple[Sequence[Whole], Sequence[Whole]]
    """Allocations and differences."""


def verdicts(engine: Engine, month: str) -> int:
    """Match the lines of a month with NumPy, write the verdicts; return how many were written."""
    with bare(engine) as tables:
        return sum(len(columns[0]) for columns in _done(tables, month).written)


def floor(engine: Engine, month: str) -> int:
    """Do as `verdicts` does, and leave behind what else a month has to, as bare as can be.

    Of each piece of work how much is claimed, of each claim whether it is clear, a hash of all
    that was read and written, the words of lines, work and claims among it, and a chain of hashes
    over the claims.
    """
    with bare(engine) as tables:
        done = _done(tables, month)
        _, named, taken, _ = done.written[0]
        tables.write("floor_claimed", _summed(named, taken))
        claims = _summed(done.lines.claim, _disputed(done.lines, done.verdict))
        tables.write("floor_unclear", claims)
        digest = sha256()
        for text in tables.texts():
            digest.update(text)
        for column in (*done.lines, *done.work, *done.written[0], *done.written[1]):
            digest.update(column.tobytes())
        link = digest.digest()
        for pair in np.array(claims).T.copy():
            link = sha256(link + pair.tobytes()).digest()
        return len(claims[0])


def _done(tables: Bare, month: str) -> Done:
    """Read a month, match it and write the verdicts."""
    lines = _lines(tables, month)
    work = tables.work(month)
    verdict = _match(lines, work)
    kept = verdict.flaw == FOUND
    columns = (lines.line, lines.named, verdict.taken, verdict.at_agreed)
    allocated = [column[kept] for column in columns]
    tables.write("floor_allocation", allocated)
    differing = _differences(lines, verdict)
    tables.write("floor_difference", differing)
    return Done(lines, work, verdict, (allocated, differing))


def _summed(key: Whole, value: Whole) -> tuple[Whole, Whole]:
    """Return keys and the sums of their values."""
    order = np.argsort(key, kind="stable")
    keys = key[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    return keys[starts], np.add.reduceat(value[order], starts)


def _disputed(lines: Lines, verdict: Verdict) -> Whole:
    """Return 1 for lines of which something waits for a person, else 0."""
    kept = verdict.flaw == FOUND
    price = (verdict.at_claimed != verdict.at_agreed) & ~verdict.tolerated
    credited = lines.credit_note & (verdict.flaw == CODE["credit"])
    unclear: Flags = (kept & (price | (verdict.taken < lines.quantity))) | (~kept & ~credited)
    return unclear.astype(np.int64)


def _lines(tables: Bare, month: str) -> Lines:
    claim, contract, currency, places, credit_note, net, day = tables.claims(month)
    line, of, named, quantity, price, line_net = tables.lines(month)
    at = np.searchsorted(claim, of)
    sums = np.zeros_like(net)
    np.add.at(sums, at, line_net)
    divisor = 10 ** (10 - places)
    read = (line, of, named, quantity, price, line_net, contract[at], currency[at], divisor[at])
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
    at_agreed = _half_up(taken * agreed, lines.divisor)
    return Verdict(flaw, taken, own, at_claimed, at_agreed, tolerated)


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
