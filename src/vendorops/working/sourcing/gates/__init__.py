"""Gates before suppliers to whom a requisition goes: one module each, named by the row.

A module offers `shut(books, row)`, which returns why the supplier of a distribution is not let
through today, or nothing where it is. `row.gate_minimum` is what it must reach, in the measure of
that gate. Dropping a module in is all it takes to join.
"""

import sys
from typing import Protocol, cast

from vendorops.books import Books
from vendorops.registry import member
from vendorops.tables import Distribution


class Gate(Protocol):
    """What a module of this folder offers."""

    def shut(self, books: Books, row: Distribution) -> str:
        """Return why a supplier is not let through; nothing where it is."""
        ...


def gate(name: str) -> Gate:
    """Return one gate."""
    return cast("Gate", member(sys.modules[__name__], name))


def shut(books: Books, row: Distribution) -> str:
    """Return why a distribution is kept back by its gate; nothing where it has none or passes."""
    return gate(row.gate).shut(books, row) if row.gate else ""
