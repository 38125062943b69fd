"""What must always be true of the books; each rule returns the rows that break it.

A module of this folder offers INVARIANTS. Codes follow one scheme: M for money, S for states and
decisions, F for what only cryptography or recomputation can tell.
"""

import sys
from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.refusal import Refused
from vendorops.invariants._rule import Invariant, Violation
from vendorops.registry import members
from vendorops.tables import Event, LogHead


class HistoryRewritten(Refused):
    """The history no longer holds what an outsider noted of it (S05)."""


@dataclass(frozen=True)
class Verdict:
    """What verifying the books came to."""

    checked: int
    violations: list[Violation]

    @property
    def clean(self) -> bool:
        """Whether nothing is broken."""
        return not self.violations


def every() -> list[Invariant]:
    """Return all invariants in the order of their codes."""
    found = [
        rule for module in members(sys.modules[__name__]).values() for rule in module.INVARIANTS
    ]
    return sorted(found, key=lambda rule: (rule.code[0], int(rule.code[1:])))


def verify(books: Books, part: int = 0, parts: int = 1) -> Verdict:
    """Check every invariant; report all that is broken, not only the first.

    Processes may share them: each checks one of so many `parts`, counted from zero.
    """
    rules = every()[part::parts]
    return Verdict(len(rules), [found for rule in rules for found in check(books, rule)])


def check(books: Books, rule: Invariant) -> list[Violation]:
    """Return what breaks one invariant."""
    if isinstance(rule.broken, str):
        offenders = books.session.connection().execute(text(rule.broken)).scalars()
        return [Violation(rule.code, rule.sentence, str(what)) for what in offenders]
    try:
        return [Violation(rule.code, rule.sentence, what) for what in rule.broken(books)]
    except Exception as problem:  # noqa: BLE001 - broken rows must not keep the others from being named.
        unknown = f"could not be checked: {type(problem).__name__}: {problem}"
        return [Violation(rule.code, rule.sentence, unknown)]


def checkpoint_holds(books: Books, noted: str | None) -> str:
    """Return the end of the history as `SEQ:HASH`, to be kept outside; refuse a rewritten past.

    A chain alone proves that it is consistent, not that its end was not cut off or all of it
    written anew: that takes a copy of its end that somebody else kept.
    """
    if noted:
        seq, _, expected = noted.partition(":")
        query = select(Event.hash).where(col(Event.seq) == int(seq))
        if books.session.exec(query).one_or_none() != expected:
            raise HistoryRewritten(f"event {seq} is not the one noted; the history was rewritten")
    head = books.session.exec(select(LogHead)).one()
    return f"{head.seq}:{head.hash}"
