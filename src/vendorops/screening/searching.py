"""Searches the lists for names like one: by an index first, by the scorer then."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.naming import spellings
from vendorops.naming.index import NameIndex, built, loaded
from vendorops.scorers import scorer
from vendorops.screening.terms import ScreeningTerms
from vendorops.tables import WatchEntry, WatchIndex, Watchlist

KINDS = ("entity", "person", "organization")
"""As numbers: an entity may be either of the others."""
ANY = 0


@dataclass(frozen=True)
class Match:
    """An entry that a name is like."""

    entry: WatchEntry
    named: str
    """The name of the entry that is most like it."""
    score: int


@dataclass(frozen=True)
class _Searchable:
    """A list in memory."""

    index: NameIndex
    entries: npt.NDArray[np.int64]
    """For each name of the index, its entry and the number of its kind."""


_IN_MEMORY: dict[str, tuple[int, _Searchable]] = {}
"""The version of each list that was searched last."""


def write_index(books: Books, version: Watchlist) -> None:
    """Make the index of a list's entries anew; the one of the version before is gone."""
    old = select(WatchIndex).where(col(WatchIndex.list_name) == version.name)
    for row in books.session.exec(old):
        books.session.delete(row)
    books.session.flush()
    names, entries = [], []
    for ident, kind, called in _listed(books, version.name):
        for name in called:
            names.append(name)
            entries.append((ident, KINDS.index(kind)))
    out = BytesIO()
    np.save(out, np.array(entries, dtype=np.int64).reshape(-1, 2))
    books.enter(
        WatchIndex(
            id=books.key(),
            list_name=version.name,
            watchlist_id=version.id,
            entries=out.getvalue(),
            names=built(names).dumped(),
        )
    )


def _listed(books: Books, list_name: str) -> Iterator[tuple[int, str, list[str]]]:
    query = select(WatchEntry.id, WatchEntry.kind, WatchEntry.names).where(
        col(WatchEntry.list_name) == list_name, col(WatchEntry.dropped_by).is_(None)
    )
    for ident, kind, names in books.session.exec(query.order_by(col(WatchEntry.entry))):
        yield ident, kind, json.loads(names)


def matches(books: Books, terms: ScreeningTerms, name: str, kind: str) -> list[Match]:
    """Return every entry of the lists that a name reaches the threshold with, the surest first."""
    found = {
        ident: best
        for version in terms.lists
        for ident, best in _best(books, terms, version, (name, kind)).items()
    }
    query = select(WatchEntry).where(col(WatchEntry.id).in_(found))
    rows = list(books.session.exec(query)) if found else []
    ordered = sorted(rows, key=lambda row: (-found[row.id][0], row.list_name, row.entry))
    return [Match(row, found[row.id][1], found[row.id][0]) for row in ordered]


def _best(
    books: Books, terms: ScreeningTerms, version: Watchlist, who: tuple[str, str]
) -> dict[int, tuple[int, str]]:
    """Return the entries of one list that reach the threshold: their score, and by which name."""
    name, kind = who
    judge = scorer(terms.policy.scorer)
    best: dict[int, tuple[int, str]] = {}
    searchable = _searchable(books, version)
    for spelled in spellings(name):
        for at in searchable.index.candidates(spelled):
            ident, of_kind = map(int, searchable.entries[at])
            if of_kind not in (ANY, KINDS.index(kind)):
                continue
            named = searchable.index.names[at]
            score = judge.score(kind, spelled, [named])
            if score >= max(terms.policy.threshold_e6, best.get(ident, (0, ""))[0]):
                best[ident] = (score, named)
    return best


def _searchable(books: Books, version: Watchlist) -> _Searchable:
    kept = _IN_MEMORY.get(version.name)
    if kept and kept[0] == version.id:
        return kept[1]
    query = select(WatchIndex).where(col(WatchIndex.watchlist_id) == version.id)
    row = books.session.exec(query).one()
    entries = np.load(BytesIO(row.entries), allow_pickle=False)
    _IN_MEMORY[version.name] = (version.id, _Searchable(loaded(row.names), entries))
    return _IN_MEMORY[version.name][1]
