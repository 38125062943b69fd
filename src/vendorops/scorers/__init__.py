"""Judges of whether two names mean the same person or company: one module each, chosen by date.

A module offers VERSION and `score(kind, query, names)`, which says in millionths how surely the
query is the best of the names. A new judgement is a new VERSION, so that everybody is screened
again; which scorer is used, and from which score on a person looks, is dated in screening/.
"""

import sys
from collections.abc import Sequence
from typing import Protocol, cast

from vendorops.registry import member, members

CERTAIN = 1_000_000
"""The score of two names that are one."""


class Scorer(Protocol):
    """What a module of this folder offers; the module itself is the scorer."""

    VERSION: str
    """Changes whenever the same names may score otherwise."""

    def score(self, kind: str, query: str, names: Sequence[str]) -> int:
        """Return 0 to CERTAIN; `kind` is person, organization, or entity where unknown."""
        ...


def scorer(name: str) -> Scorer:
    """Return one scorer."""
    return cast("Scorer", member(sys.modules[__name__], name))


def names() -> list[str]:
    """Return the names of all scorers."""
    return list(members(sys.modules[__name__]))
