"""The shape of an invariant."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vendorops.books import Books


@dataclass(frozen=True)
class Invariant:
    """One thing that must always be true."""

    code: str
    sentence: str
    """What is true, as one says it to an auditor."""
    broken: str | Callable[[Books], Iterable[str]]
    """One query whose first column names each offender, or a function that does."""


@dataclass(frozen=True)
class Violation:
    """One row that breaks an invariant."""

    code: str
    sentence: str
    what: str
