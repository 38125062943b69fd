"""Protections switched off one at a time: each lets an attack through that it stops otherwise.

Where two of them stop the same attack, both are switched off together.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module

import pytest

from tests.attacks.sequences import AHEAD, BACKDATED, CLAIMED, HONEST, PUSHED, UNDERWAY, Sequence
from vendorops.books import calling_back
from vendorops.books.answers import bank_verification
from vendorops.books.unit import Books
from vendorops.paying.accounts import cooling, first_payments, proof, proposing
from vendorops.stages import bank_accounts
from vendorops.stages.bank_accounts import asking, entering, proceeding
from vendorops.stages.release import by_hand

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Flaw:
    """What is switched off, what the oracle says then, and the attack that gets through."""

    switch_off: Callable[[Patch], None]
    told: str
    course: Sequence


def _nothing(*_whatever: object) -> str:
    return ""


def _without(patch: Patch, module: object, name: str, rule: object) -> None:
    """Take one rule out of a list of rules."""
    kept = tuple(each for each in getattr(module, name) if each is not rule)
    patch.setattr(module, name, kept)


def instead(at: int, *acts: tuple[str, ...]) -> Sequence:
    """Return the honest course with other acts in place of one."""
    return (*HONEST[:at], *acts, *HONEST[at + 1 :])


def _proposer(patch: Patch) -> None:
    patch.setattr(entering, "check_proposer", _nothing)


def _age(patch: Patch) -> None:
    _without(patch, calling_back, "RULES", calling_back._old_enough)  # noqa: SLF001 - taken out there.


def _of_theirs(patch: Patch) -> None:
    _without(patch, calling_back, "RULES", calling_back._known)  # noqa: SLF001 - as above.


def _read_back(patch: Patch) -> None:
    _without(patch, calling_back, "RULES", calling_back._read_back)  # noqa: SLF001 - as above.


def _call(patch: Patch) -> None:
    patch.setattr(bank_verification, "checked", lambda *_: {})
    patch.setattr(proceeding, "_enter_call", _nothing)
    _without(patch, proof, "BEFORE_APPROVAL", proof._called)  # noqa: SLF001 - as above.


def _name(patch: Patch) -> None:
    patch.setattr(proceeding, "_name_checked", lambda *_: True)
    _without(patch, proof, "BEFORE_APPROVAL", proof._named)  # noqa: SLF001 - as above.


def _people(patch: Patch) -> None:
    patch.setattr(asking, "let_in_by", lambda *_: set())
    patch.setattr(proof, "let_in_by", lambda *_: set())


def _cooling(patch: Patch) -> None:
    for module in (bank_accounts, proceeding, first_payments):
        patch.setattr(module, "still_cooling", _nothing)


def _hours(patch: Patch) -> None:
    """Let the business day say what time it is, as where time is played."""

    def told(books: Books) -> datetime:
        return datetime.combine(books.as_of, books.now().time(), UTC)

    patch.setattr(Books, "moment", property(told))


def _history(patch: Patch) -> None:
    """Let a clock that was set back start the cooling-off early."""
    for module in (proceeding, proposing):
        patch.setattr(module, "latest", lambda books: books.moment)
    _row(patch)


def _row(patch: Patch) -> None:
    """Believe what the row of an account says of its approval, whatever the history says."""
    patch.setattr(cooling, "_begun", lambda _books, _account, at, day: (at, day))


def _checked_again(patch: Patch) -> None:
    """Let a clock that is right again not be asked before money goes."""
    patch.setattr(first_payments, "still_cooling", _nothing)


def _pause(patch: Patch) -> None:
    for name in ("payment.dues", "release.obstacles"):  # Their packages offer functions so named.
        import_module(f"vendorops.stages.{name}")
        patch.setattr(sys.modules[f"vendorops.stages.{name}"], "paused", _nothing)


def _proof(patch: Patch) -> None:
    patch.setattr(first_payments, "unapproved", _nothing)


def _by_hand(patch: Patch) -> None:
    patch.setattr(by_hand, "untried", lambda *_: [])


NOT_CALLED = ("say", "bank_verification", "zhao.finance")
FLAWS = {
    "the right to propose": Flaw(
        _proposer, "without the right", instead(0, ("propose", "ada.admin", "new"))
    ),
    "the age of a contact": Flaw(
        _age, "too young", instead(2, ("call", "zhao.finance", "young", "right"))
    ),
    "that a phone is called": Flaw(
        _of_theirs, "no number", instead(2, ("call", "zhao.finance", "mail", "right"))
    ),
    "the reading back": Flaw(
        _read_back, "another account", instead(2, ("call", "zhao.finance", "old", "wrong"))
    ),
    "the call": Flaw(_call, "nobody called", instead(2, NOT_CALLED)),
    "the name check": Flaw(_name, "name was not checked", instead(3)),
    "that people differ": Flaw(
        _people, "let the party in", instead(5, ("say", "bank_approval", "lin.buyer"))
    ),
    "the cooling-off": Flaw(_cooling, "cooled off", instead(7, ("wait", "24"))),
    "the clock of hours": Flaw(_hours, "cooled off", instead(7, ("as_of", "10"))),
    "the history's clock": Flaw(_history, "cooled off", BACKDATED),
    "the history's word": Flaw(_row, "cooled off", CLAIMED),
    "the second look at the clock": Flaw(_checked_again, "cooled off", AHEAD),
    "the pause": Flaw(_pause, "change was under way", UNDERWAY),
    "the proof": Flaw(_proof, "fewer than three", PUSHED),
    "the hand": Flaw(_by_hand, "by hand", instead(13)),
}
