"""What an answer must bring besides yes or no: one module a kind of question that asks more.

A module here is named like the kind and offers `checked(books, decision, given)`, which returns
the detail to be kept, or refuses. It runs in the transaction of the answer: what it refuses was
never answered.
"""

import sys
from collections.abc import Mapping
from functools import cache
from pkgutil import iter_modules
from typing import Protocol, cast

from vendorops.books.answers._given import Given
from vendorops.books.unit import Books
from vendorops.domain.refusal import Refused
from vendorops.registry import member
from vendorops.tables import Decision

NUMBER = "read_back"
"""The one fact of an answer that is an account number; only a module that seals it may take it."""


class NotAsked(Refused):
    """The answer brings a number that this question has no place for."""


class AnswerForm(Protocol):
    """What a module of this folder offers."""

    def checked(self, books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
        """Return what is kept of the detail of an answer, or refuse the answer."""
        ...


def checked(
    books: Books, decision: Decision, verdict: str, detail: Mapping[str, object]
) -> Mapping[str, object]:
    """Return what is kept of the detail of an answer to a question."""
    if decision.kind in _kinds():
        form = cast("AnswerForm", member(sys.modules[__name__], decision.kind))
        return form.checked(books, decision, Given(verdict, detail))
    if NUMBER in detail:
        raise NotAsked(f"{decision.reference} asks for no account; leave {NUMBER} out")
    return detail


@cache
def _kinds() -> frozenset[str]:
    """Return the kinds of question that ask for more than yes or no."""
    return frozenset(found.name for found in iter_modules(__path__) if found.name[0] != "_")
