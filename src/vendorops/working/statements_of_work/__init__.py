"""Statements of work as people write them, and what becomes of them: an order, or a change."""

from vendorops.working.statements_of_work.placing import change_statement, place_statement
from vendorops.working.statements_of_work.reading import (
    BadStatement,
    read_change,
    read_statement,
)

__all__ = [
    "BadStatement",
    "change_statement",
    "place_statement",
    "read_change",
    "read_statement",
]
