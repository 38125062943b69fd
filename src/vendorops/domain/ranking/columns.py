"""Everybody at once: people as columns of whole numbers, each label as the people who hold it.

A demand touches only the labels it names. People lie in the order of their references, so that
the place in a column settles ties and one number holds score and place: the order is total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendorops.domain.ranking.demand import (
    FULL,
    Candidate,
    Demand,
    Formula,
    LabelName,
    Wanted,
)

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Postings = tuple[Whole, Whole]
"""Places of the people who hold a label, and how strongly; nobody twice."""


@dataclass(frozen=True)
class Certificates:
    """All certificates of one code: whose, of which level, valid from when to when."""

    at: Whole
    rank: Whole
    of: Whole
    valid_from: Whole
    valid_to: Whole


@dataclass(frozen=True)
class Ranked:
    """One person's place for a demand."""

    rank: int
    """From 1."""
    reference: str
    score: int


@dataclass(frozen=True)
class Columns:
    """People by their places, sorted by reference."""

    references: tuple[str, ...]
    labels: Mapping[LabelName, Postings]
    certificates: Mapping[str, Certificates]
    currency: Whole
    """Place of a price's currency in `currencies`."""
    currencies: tuple[str, ...]
    price: Whole
    free_from: Whole
    free_to: Whole

    def ranked(self, demand: Demand, formula: Formula, most: int) -> list[Ranked]:
        """Return the best people that nothing keeps out, best first, ties by reference."""
        fits = self._fits(demand)
        best = top(self._scores(demand, formula), fits, most)
        return [
            Ranked(rank, self.references[at], score) for rank, (at, score) in enumerate(best, 1)
        ]

    def _scores(self, demand: Demand, formula: Formula) -> Whole:
        weights = formula.weights
        score = weights["availability"] * self._covered(demand)
        for wanted in demand.wanted:
            at, share = self._shares(wanted, demand, formula)
            score[at] += weights[wanted.kind] * share
        if demand.places:
            score += weights["place"] * FULL * self._inside(demand)
        if demand.price_cap:
            saved = (demand.price_cap - self.price) * FULL // demand.price_cap
            score += np.where(self._affordable(demand), weights["price"] * saved, 0)
        return score

    def _shares(self, wanted: Wanted, demand: Demand, formula: Formula) -> Postings:
        if wanted.kind == "certificate":
            return self._certified_shares(wanted, demand, formula)
        at, strength = self._held(wanted.name)
        return at, _share(strength, np.full_like(strength, wanted.at_least), formula)

    def _certified_shares(self, wanted: Wanted, demand: Demand, formula: Formula) -> Postings:
        held, valid = self._valid(wanted, demand)
        strength = held.rank[valid] * FULL // held.of[valid]
        least = wanted.at_least * FULL // held.of[valid]
        best = np.zeros(len(self.references), np.int64)
        np.maximum.at(best, held.at[valid], _share(strength, least, formula))
        at = np.flatnonzero(best)
        return at, best[at]

    def _fits(self, demand: Demand) -> Flags:
        fits: Flags = (self.free_from <= demand.starts) & (demand.starts < self.free_to)
        if demand.places:
            fits &= self._inside(demand)
        if demand.price_cap:
            fits &= self._affordable(demand)
        for wanted in demand.wanted:
            if wanted.must:
                fits &= self._has(wanted, demand)
        return fits

    def _has(self, wanted: Wanted, demand: Demand) -> Flags:
        least = max(wanted.at_least, 1)
        has = np.zeros(len(self.references), np.bool_)
        if wanted.kind == "certificate":
            held, valid = self._valid(wanted, demand)
            has[held.at[valid & (held.rank >= least)]] = True
        else:
            at, strength = self._held(wanted.name)
            has[at[strength >= least]] = True
        return has

    def _valid(self, wanted: Wanted, demand: Demand) -> tuple[Certificates, Flags]:
        held = self.certificates.get(wanted.code, _NONE)
        return held, (held.valid_from <= demand.starts) & (demand.starts < held.valid_to)

    def _inside(self, demand: Demand) -> Flags:
        inside = np.zeros(len(self.references), np.bool_)
        for place in demand.places:
            inside[self._held(("place", place))[0]] = True
        return inside

    def _affordable(self, demand: Demand) -> Flags:
        known = (
            self.currencies.index(demand.currency) if demand.currency in self.currencies else -1
        )
        within: Flags = (self.price >= 0) & (self.price <= demand.price_cap)
        within &= self.currency == known
        return within

    def _covered(self, demand: Demand) -> Whole:
        days = np.minimum(self.free_to, demand.ends) - np.maximum(self.free_from, demand.starts)
        share: Whole = np.maximum(days, 0) * FULL // (demand.ends - demand.starts)
        return share

    def _held(self, name: LabelName) -> Postings:
        return self.labels.get(name, (_EMPTY, _EMPTY))


_EMPTY: Whole = np.zeros(0, np.int64)
_NONE = Certificates(_EMPTY, _EMPTY, _EMPTY, _EMPTY, _EMPTY)


def top(score: Whole, fits: Flags, most: int) -> list[tuple[int, int]]:
    """Return place and score of the best that fit; of equal scores the first place is better."""
    count = len(score)
    at = np.flatnonzero(fits)
    key = score[at] * count + (count - 1 - at)
    if len(key) > most:
        key = np.partition(key, len(key) - most)[len(key) - most :]
    key = np.sort(key)[::-1]
    return [(count - 1 - one % count, one // count) for one in key.tolist()]


def _share(strength: Whole, least: Whole, formula: Formula) -> Whole:
    """Do what `Formula.share` does, for many."""
    short = strength * FULL // np.maximum(least, 1) if formula.shares else 0
    return np.where(least == 0, strength, np.where(strength >= least, FULL, short))


def columns(people: Iterable[Candidate]) -> Columns:
    """Lay people out in columns."""
    rows = sorted(people, key=lambda person: person.reference)
    currencies = tuple(sorted({person.currency for person in rows}))
    return Columns(
        references=tuple(person.reference for person in rows),
        labels=_postings(rows),
        certificates=_certificates(rows),
        currency=_column([currencies.index(person.currency) for person in rows]),
        currencies=currencies,
        price=_column([person.price for person in rows]),
        free_from=_column([person.free_from for person in rows]),
        free_to=_column([person.free_to for person in rows]),
    )


def _postings(rows: Sequence[Candidate]) -> dict[LabelName, Postings]:
    held: dict[LabelName, list[tuple[int, int]]] = {}
    for at, person in enumerate(rows):
        for name, strength in person.labels.items():
            held.setdefault(name, []).append((at, strength))
    return {
        name: (_column([at for at, _ in found]), _column([strength for _, strength in found]))
        for name, found in held.items()
    }


def _certificates(rows: Sequence[Candidate]) -> dict[str, Certificates]:
    held: dict[str, list[tuple[int, ...]]] = {}
    for at, person in enumerate(rows):
        for one in person.certificates:
            row = (at, one.rank, one.of, one.valid_from, one.valid_to)
            held.setdefault(one.code, []).append(row)
    return {
        code: Certificates(*(_column(list(each)) for each in zip(*found, strict=True)))
        for code, found in held.items()
    }


def _column(values: Sequence[int]) -> Whole:
    return np.array(values, np.int64)
