"""Lists the claims of a month in order, and what the sums of their lines make of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.domain.matching import DocumentFacts, ToleranceFacts, flaw_of_claim, share_of
from vendorops.domain.matching.columns import CLEAR, CODE, UNLIMITED, Whole
from vendorops.domain.measure import PRICE_PLACES, QUANTITY_PLACES
from vendorops.domain.money import exponent
from vendorops.domain.tax_share import RATE_SCALE
from vendorops.stages.reconciliation.reading import Read
from vendorops.tables import Contract, Invoice

OfClaims = Mapping[str, tuple[ToleranceFacts, ToleranceFacts | None]]
"""By contract: the tolerance for the tax of a claim, and for all that its lines stray, if any."""
SAFE = 2**62
"""Sums below this are exact in 64 bits; others are added up as integers of Python."""


@dataclass(frozen=True)
class Sums:
    """What the lines of a claim make together."""

    document: DocumentFacts
    most_minor: int
    """The most that could be paid of it: its lines above zero."""


def claims_of(books: Books, invoices: SelectOfScalar[int], place: Mapping[int, int]) -> list[Any]:
    """Return the claims reconciliation by reconciliation, each in the order of references.

    `place` tells the reconciliation of each supplier.
    """
    query = (
        select(  # type: ignore[call-overload]  # SQLModel knows no select of so many columns.
            col(Invoice.id),
            col(Invoice.reference),
            col(Invoice.supplier_id),
            col(Invoice.contract_id),
            col(Invoice.kind),
            col(Invoice.issue_date),
            col(Invoice.currency),
            col(Invoice.net_minor),
            col(Invoice.tax_minor),
            col(Contract.reference).label("contract"),
        )
        .join(Contract, col(Contract.id) == col(Invoice.contract_id))
        .where(col(Invoice.id).in_(invoices))
    )
    found = books.session.exec(query).all()
    return sorted(found, key=lambda row: (place[row.supplier_id], row.reference))


def served(claims: Sequence[Any]) -> Whole:
    """Return when the turn of each claim comes: by issue date, then by reference.

    So that of two claims for the same work the earlier one is paid.
    """
    days = [(row.issue_date, row.reference, at) for at, row in enumerate(claims)]
    by_day = [at for *_, at in sorted(days)]
    turn = np.empty(len(claims), np.int64)
    turn[by_day] = np.arange(len(claims))
    return turn


def sums_of(claims: Sequence[Any], read: Read, claim: Whole) -> list[Sums]:
    """Return the sums of each claim; `claim` tells of which one each line is, in their order."""
    ends = np.searchsorted(claim, np.arange(len(claims) + 1))
    by_rate = _by_rate(read, claim, len(claims))
    columns = (read.net, np.maximum(read.net, 0), _tax_of_lines(read))
    net, most, by_line = (_added(column, ends).tolist() for column in columns)
    return [
        Sums(DocumentFacts(row.net_minor, lines, row.tax_minor, *taxes), highest)
        for row, lines, highest, *taxes in zip(claims, net, most, by_rate, by_line, strict=True)
    ]


def flaws(claims: Sequence[Any], sums: Sequence[Sums], tolerances: OfClaims) -> Whole:
    """Return the code of what is wrong with each claim, given what each contract tolerates."""
    found = (
        flaw_of_claim(each.document, tolerances[row.contract][0])
        for row, each in zip(claims, sums, strict=True)
    )
    codes = (CLEAR if reason is None else CODE[reason] for reason in found)
    return np.fromiter(codes, np.int64, len(claims))


def totals(claims: Sequence[Any], tolerances: OfClaims) -> Whole:
    """Return how far the lines of each claim may stray together: both limits hold."""
    limits = (
        min(share_of(row.net_minor, limit), limit.amount_minor) if limit else UNLIMITED
        for row, limit in ((row, tolerances[row.contract][1]) for row in claims)
    )
    return np.fromiter(limits, np.int64, len(claims))


def divisors(claims: Sequence[Any]) -> Whole:
    """Return what quantity times price is divided by in the currency of each claim."""
    places = QUANTITY_PLACES + PRICE_PLACES
    return np.array([10 ** (places - exponent(row.currency)) for row in claims], np.int64)


def tight_rooms(
    claims: Sequence[Any], sums: Sequence[Sums], rules: Mapping[str, Any]
) -> dict[int, int]:
    """Return what is left of the caps that all the lines of their claims could exceed."""
    left = {each["contract"]: each["room_minor"] for each in rules["contracts"]}
    most: Counter[tuple[str, int]] = Counter()
    for row, each in zip(claims, sums, strict=True):
        most[row.contract, row.contract_id] += each.most_minor
    return {
        ident: left[reference]
        for (reference, ident), minor in most.items()
        if minor > left[reference]
    }


def _by_rate(read: Read, claim: Whole, count: int) -> list[int]:
    """Return the tax of each claim, rounded once for each category and rate (BR-CO-17)."""
    keys = np.array([claim, read.tax_category.at, read.tax_rate])
    order = np.lexsort(keys[::-1])
    keys = keys[:, order]
    first = np.flatnonzero((keys[:, 1:] != keys[:, :-1]).any(axis=0)) + 1
    starts = np.r_[np.zeros(min(len(claim), 1), np.int64), first]
    nets = _added(read.net[order], np.r_[starts, len(claim)])
    tax = _taxed(nets, keys[2][starts])
    ends = np.searchsorted(keys[0][starts], np.arange(count + 1))
    by_claim: list[int] = _added(tax, ends).tolist()
    return by_claim


def _tax_of_lines(read: Read) -> Whole:
    """Return each line's own tax: as stated, else net times rate rounded half up."""
    computed = _taxed(read.net, read.tax_rate)
    stated = np.flatnonzero(read.own_tax != None)  # noqa: E711 - of each of them.
    computed[stated] = read.own_tax[stated]
    return computed


def _taxed(net: Whole, rate: Whole) -> Whole:
    """Return the tax on amounts, rounded half up; no product leaves 64 bits."""
    size = abs(net)
    rest = size % RATE_SCALE * rate
    taxed = size // RATE_SCALE * rate + (2 * rest + RATE_SCALE) // (2 * RATE_SCALE)
    return np.where(net < 0, -taxed, taxed)


def _added(values: Whole, ends: Whole) -> Whole:
    """Return the exact sums of values that lie between ends."""
    largest = max(int(values.max(initial=0)), -int(values.min(initial=0)))
    lines = int(np.diff(ends).max(initial=0))
    exact: Any = values if largest * lines < SAFE else values.astype(object)
    running = np.concatenate([np.zeros(1, exact.dtype), np.cumsum(exact)])
    sums: Whole = running[ends[1:]] - running[ends[:-1]]
    return sums
