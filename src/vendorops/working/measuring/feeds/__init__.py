"""What is known of suppliers' work, one module for each part of the line that knows something.

A module offers `found(books, supplier)`, which returns Facts: searches, people who started, or
what met a figure and what did not. Dropping a module in is all it takes to be measured.
"""

import sys
from typing import Protocol, cast

from vendorops.books import Books
from vendorops.domain.kpi import Facts, Judged
from vendorops.registry import members
from vendorops.tables import Supplier


class Feed(Protocol):
    """What a module of this folder offers."""

    def found(self, books: Books, supplier: Supplier) -> Facts:
        """Return what this part of the line knows of a supplier's work."""
        ...


def facts_of(books: Books, supplier: Supplier) -> Facts:
    """Return all that is known of a supplier's work, whatever its day."""
    parts = [
        cast("Feed", module).found(books, supplier)
        for module in members(sys.modules[__name__]).values()
    ]
    shares: dict[str, list[Judged]] = {}
    for part in parts:
        for code, judged in part.shares.items():
            shares.setdefault(code, []).extend(judged)
    return Facts(
        searches=[search for part in parts for search in part.searches],
        placed=[one for part in parts for one in part.placed],
        shares=shares,
    )
