"""Everybody who may be proposed, as columns: read once, kept until the history goes on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from sqlalchemy import bindparam, text
from sqlmodel import select

from vendorops import labels
from vendorops.books import Books
from vendorops.domain.ranking import Columns
from vendorops.domain.ranking.columns import Certificates, Postings, Whole
from vendorops.domain.ranking.demand import LabelName
from vendorops.tables import LogHead
from vendorops.tables.columns import Day
from vendorops.talent.assessed import assessed_labels

FOREVER = date.max.toordinal()
IN_POOL = """
SELECT p.id FROM talentprofile p JOIN worker w ON w.id = p.worker_id
WHERE p.proposable_from <= :day AND p.status = 'proposable' AND w.status = 'active'
"""
PEOPLE = f"SELECT id, reference FROM talentprofile WHERE id IN ({IN_POOL}) ORDER BY reference"  # noqa: S608 - of this module.
LABELS = f"""
SELECT kind, code, profile_id, value FROM talentlabel
WHERE since <= :day AND (until IS NULL OR until > :day) AND kind <> 'availability'
AND profile_id IN ({IN_POOL}) ORDER BY kind, code, profile_id
"""  # noqa: S608 - as above.
FREE = f"""
SELECT profile_id, free_from, free_to FROM talentlabel
WHERE since <= :day AND (until IS NULL OR until > :day) AND kind = 'availability'
AND profile_id IN ({IN_POOL})
"""  # noqa: S608 - as above.
ASSESSED = f"""
SELECT profile_id, model, grade, scores, assessed_on FROM assessment
WHERE assessed_on <= :day AND profile_id IN ({IN_POOL}) ORDER BY assessed_on, id
"""  # noqa: S608 - as above.
CERTIFIED = f"""
SELECT kind, track, level, profile_id, valid_from, valid_to FROM talentcertificate
WHERE verified_on <= :day AND status = 'verified' AND profile_id IN ({IN_POOL})
ORDER BY kind, track, profile_id
"""  # noqa: S608 - as above.

Rows = Sequence[Any]
_KEPT: dict[str, tuple[tuple[str, date], Columns]] = {}
"""The columns read last from each database, with the end of the history and the day they show."""


def pool(books: Books, day: date) -> Columns:
    """Return who may be proposed, described as on a day; from memory if nothing has happened."""
    books.session.flush()
    end = books.session.exec(select(LogHead.hash)).one()
    known = _KEPT.get(books.settings.database)
    if known and known[0] == (end, day):
        return known[1]
    read = load(books, day)
    _KEPT[books.settings.database] = ((end, day), read)
    return read


def load(books: Books, day: date) -> Columns:
    """Read the columns anew."""
    books.session.flush()
    connection = books.session.connection()
    bound = bindparam("day", type_=Day())

    def read(statement: str) -> Rows:
        return connection.execute(text(statement).bindparams(bound), {"day": day}).fetchall()

    people = read(PEOPLE)
    place = _Places([row[0] for row in people])
    plain = _labels(read(LABELS), place)
    prices = {code: held for (kind, code), held in plain.items() if kind == "price"}
    held = {name: found for name, found in plain.items() if name[0] != "price"}
    currency, price = _prices(len(people), prices)
    free_from, free_to = _free(len(people), read(FREE), place)
    return Columns(
        references=tuple(row[1] for row in people),
        labels={**held, **_assessed(read(ASSESSED), place)},
        certificates=_certificates(read(CERTIFIED), place, day),
        currency=currency,
        currencies=tuple(prices),
        price=price,
        free_from=free_from,
        free_to=free_to,
    )


class _Places:
    """Finds people's places in the columns by their keys."""

    def __init__(self, idents: Sequence[int]) -> None:
        keys = _whole(idents)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def __call__(self, idents: Iterable[int]) -> Whole:
        return self._order[np.searchsorted(self._keys, _whole(idents))]


def _labels(rows: Rows, place: _Places) -> dict[LabelName, Postings]:
    return {
        (kind, code): (place([row[2] for row in found]), _whole(row[3] for row in found))
        for (kind, code), found in _grouped(rows, itemgetter(0, 1))
    }


def _prices(count: int, prices: Mapping[str, Postings]) -> tuple[Whole, Whole]:
    """Return the place of each one's currency and his price; -1 where he says none."""
    currency, price = np.full(count, -1, np.int64), np.full(count, -1, np.int64)
    for known, (at, minor) in enumerate(prices.values()):
        currency[at], price[at] = known, minor
    return currency, price


def _free(count: int, rows: Rows, place: _Places) -> tuple[Whole, Whole]:
    begins, ends = np.zeros(count, np.int64), np.zeros(count, np.int64)
    at = place(row[0] for row in rows)
    begins[at] = _whole(_ordinal(row[1]) for row in rows)
    ends[at] = _whole(_ordinal(row[2]) for row in rows)
    return begins, ends


def _assessed(rows: Rows, place: _Places) -> dict[LabelName, Postings]:
    newest = {(row[0], row[1]): row for row in rows}
    held: dict[LabelName, tuple[list[int], list[int]]] = {}
    for profile, model, grade, scores, day in newest.values():
        for name, strength in assessed_labels(model, grade, scores, _day(day)):
            whose, how = held.setdefault(name, ([], []))
            whose.append(profile)
            how.append(strength)
    return {name: (place(whose), _whole(how)) for name, (whose, how) in held.items()}


def _certificates(rows: Rows, place: _Places, day: date) -> dict[str, Certificates]:
    found = {}
    for (kind, track), held in _grouped(rows, itemgetter(0, 1)):
        known = labels.certificate(kind, track, day)
        found[f"{kind}.{track}"] = Certificates(
            at=place(row[3] for row in held),
            rank=_whole(known.rank(row[2]) for row in held),
            of=_whole(len(known.levels) for _ in held),
            valid_from=_whole(_ordinal(row[4]) for row in held),
            valid_to=_whole(_ordinal(row[5]) if row[5] else FOREVER for row in held),
        )
    return found


def _grouped(
    rows: Rows, key: Callable[[Any], tuple[str, str]]
) -> Iterable[tuple[tuple[str, str], Rows]]:
    return ((name, list(found)) for name, found in groupby(rows, key))


def _day(value: date | str) -> date:
    """Return a day as Python has it; SQLite keeps text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _ordinal(value: date | str) -> int:
    return _day(value).toordinal()


def _whole(values: Iterable[int]) -> Whole:
    return np.array(list(values), np.int64)
