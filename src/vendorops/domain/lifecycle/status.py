"""A state and the states that may follow it."""

from enum import StrEnum
from typing import Self

from vendorops.domain.refusal import Refused


class IllegalMove(Refused):
    """The lifecycle has no such arrow."""


class Status(StrEnum):
    """A state that knows which states may follow it."""

    follows: frozenset[str]

    def __new__(cls, value: str, follows: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.follows = frozenset(follows.split())
        return member

    @classmethod
    def first(cls) -> Self:
        """Return the state in which rows are born."""
        return next(iter(cls))

    def check(self, after: str) -> None:
        """Refuse a move for which there is no arrow.

        >>> class Light(Status):
        ...     GREEN = "green", "red"
        ...     RED = "red", "green"
        >>> Light.RED.check("red")
        Traceback (most recent call last):
        vendorops.domain.lifecycle.status.IllegalMove: Light: red may not become red
        """
        if after not in self.follows:
            raise IllegalMove(f"{type(self).__name__}: {self} may not become {after}")
