"""What is checked of an application before a person sees it: one module a check.

A module here offers `find(books, case)`, which yields findings. A doubt that only a person can
settle is raised with `books.reviewing.doubt` in the same call; it never passes by itself.
"""

import sys
from collections.abc import Iterator
from typing import Protocol, cast

from vendorops.books import Books
from vendorops.domain.finding import Finding
from vendorops.registry import members
from vendorops.tables import Qualification


class Check(Protocol):
    """What a module of this folder offers; the module itself is the check."""

    def find(self, books: Books, case: Qualification) -> Iterator[Finding]:
        """Yield what is to be said of a case today."""
        ...


def every() -> list[Check]:
    """Return all checks in the order of their names."""
    return [cast("Check", module) for module in members(sys.modules[__name__]).values()]
