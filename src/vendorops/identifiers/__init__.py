"""Numbers that identify companies, people and accounts: one module each, named by its scheme.

A module offers TITLE, EXAMPLE, CHECK_DIGITS and `check(text)`, which returns the canonical
spelling or refuses. Check digits are python-stdnum's and schwifty's; no message ever shows a
number, only its last digits. One whose numbers tell a day of birth also offers `born_on(number)`.
"""

import sys
from datetime import date
from typing import Protocol, cast

from vendorops.registry import member, members

SHOWN = 4
"""Characters of a number that anybody may read."""


class Identifier(Protocol):
    """What a module of this folder offers."""

    TITLE: str
    EXAMPLE: str
    """A number that passes, in its canonical spelling."""
    CHECK_DIGITS: bool
    """Whether any one mistyped digit is noticed."""

    def check(self, text: str) -> str:
        """Return the canonical spelling of a number, or refuse it."""
        ...


def identifier(scheme: str) -> Identifier:
    """Return one scheme."""
    return cast("Identifier", member(sys.modules[__name__], scheme))


def codes() -> list[str]:
    """Return the names of all schemes."""
    return list(members(sys.modules[__name__]))


class TellsBirth(Protocol):
    """What a module offers besides whose numbers tell when their holder was born."""

    def born_on(self, number: str) -> date:
        """Return the day of birth that a canonical number tells."""
        ...


def tells_birth(scheme: str) -> bool:
    """Tell whether the numbers of a scheme say when their holder was born.

    >>> tells_birth("cn_ric"), tells_birth("us_ssn")
    (True, False)
    """
    return hasattr(identifier(scheme), "born_on")


def birth_date(scheme: str, number: str) -> date:
    """Return the day of birth that a canonical number of such a scheme tells."""
    return cast("TellsBirth", identifier(scheme)).born_on(number)


def masked(number: str) -> str:
    """Return a number of which only the last four characters can be read.

    >>> masked("91350100M000100Y43")
    '••••0Y43'
    """
    shown = number[-SHOWN:] if len(number) > SHOWN else ""
    return f"••••{shown}"
