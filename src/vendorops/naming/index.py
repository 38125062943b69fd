"""Finds, among many thousands of names, the few that are worth comparing with one.

An inverted index: each gram points to the names that have it. What two names share is weighed by
how rare it is, and set against the weight of both. What is left is sifted by the likeness of the
letters. Kept as one block of bytes without any code in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from vendorops.naming.grams import grams, spelled

SHARED_FROM = 0.24
"""Share of the weight that two names have in common, of the lighter and on average of both."""
ALIKE_FROM = 0.94
"""That share and the likeness of the letters, together."""
MOST = 60
"""Names that are compared with one, the most alike first."""

Whole = npt.NDArray[np.int64]
Share = npt.NDArray[np.float64]


@dataclass(frozen=True)
class NameIndex:
    """Names by the grams they have; a name is known by its place among all that were given."""

    names: tuple[str, ...]
    spelled: tuple[str, ...]
    """The same in plain letters."""
    grams: npt.NDArray[np.str_]
    """Sorted, so that one is found by halving."""
    starts: Whole
    """Where the postings of each gram begin; one more entry than there are grams."""
    postings: Whole
    """For each gram, the places of the names that have it."""

    def candidates(self, name: str) -> list[int]:
        """Return the places of names that are like enough to this one, the most alike first."""
        shared = self._shared(name)
        places = np.flatnonzero(shared)
        sure = shared[places] + self._likeness(spelled(name), places)
        enough = np.flatnonzero(sure >= ALIKE_FROM)
        best = enough[np.argsort(-sure[enough], kind="stable")][:MOST]
        return [int(at) for at in places[best]]

    def _likeness(self, name: str, places: Whole) -> Share:
        """Return how alike a name and others are, by their words or letter by letter."""
        if not len(places):
            return np.zeros(0)
        words = [self.spelled[at] for at in places]
        letters = [self._compact[at] for at in places]
        by_words = cdist([name], words, scorer=fuzz.token_set_ratio)[0]
        by_letters = cdist([_compact(name)], letters, scorer=fuzz.ratio)[0]
        share: Share = np.maximum(by_words, by_letters).astype(np.float64) / 100
        return share

    def _shared(self, name: str) -> Share:
        """Return for each name what it shares with this one; nothing where that is little."""
        shared = np.zeros(len(self.names))
        total = 0.0
        for gram in sorted(grams(name)):
            names = self._postings(gram)
            weight = float(np.log1p(len(self.names) / max(len(names), 1)))
            total += weight
            shared[names] += weight
        if not total:
            return shared
        lighter = shared / np.minimum(self._weights, total)
        both = (lighter + shared / np.maximum(self._weights, total)) / 2
        enough = (lighter >= SHARED_FROM) & (both >= SHARED_FROM)
        return np.where(enough, both, 0.0)

    def _postings(self, gram: str) -> Whole:
        at = int(np.searchsorted(self.grams, gram))
        if at == len(self.grams) or self.grams[at] != gram:
            return self.postings[:0]
        return self.postings[self.starts[at] : self.starts[at + 1]]

    @cached_property
    def _weights(self) -> Share:
        """Return what the grams of each name weigh together."""
        having = np.diff(self.starts)
        rarity = np.log1p(len(self.names) / np.maximum(having, 1))
        each = np.repeat(rarity, having)
        weights = np.bincount(self.postings, weights=each, minlength=len(self.names))
        return np.maximum(weights, np.finfo(np.float64).tiny)

    @cached_property
    def _compact(self) -> tuple[str, ...]:
        return tuple(map(_compact, self.spelled))

    def dumped(self) -> bytes:
        """Return the index as bytes, the same for the same names."""
        out = BytesIO()
        np.savez(
            out,
            names=_as_bytes(self.names),
            spelled=_as_bytes(self.spelled),
            grams=self.grams,
            starts=self.starts,
            postings=self.postings.astype(np.int32),
        )
        return out.getvalue()


def _as_bytes(names: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _from_bytes(kept: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(kept.tobytes().decode().split("\n"))


def _compact(name: str) -> str:
    return name.replace(" ", "")


def built(names: Sequence[str]) -> NameIndex:
    """Return the index of some names, each without line ends."""
    having: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for gram in grams(name):
            having.setdefault(gram, []).append(at)
    ordered = sorted(having)
    ends = np.cumsum([len(having[gram]) for gram in ordered], dtype=np.int64)
    return NameIndex(
        names=tuple(names),
        spelled=tuple(spelled(name) for name in names),
        grams=np.array(ordered, dtype=np.str_),
        starts=np.concatenate([np.zeros(1, np.int64), ends]),
        postings=_whole(at for gram in ordered for at in having[gram]),
    )


def _whole(numbers: Iterable[int]) -> Whole:
    return np.fromiter(numbers, dtype=np.int64)


def loaded(data: bytes) -> NameIndex:
    """Return the index that was dumped."""
    with np.load(BytesIO(data), allow_pickle=False) as kept:
        return NameIndex(
            names=_from_bytes(kept["names"]),
            spelled=_from_bytes(kept["spelled"]),
            grams=kept["grams"],
            starts=kept["starts"],
            postings=kept["postings"].astype(np.int64),
        )
