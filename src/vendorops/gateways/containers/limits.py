"""How much a container may hold, and how its refusals are worded."""

from typing import Self

from vendorops.domain.refusal import Refused, Unsafe

MOST_MEMBERS = 100
UNPACKED = 200 * 2**20
"""Bytes of all members together."""
RATIO = 100
"""Most bytes that one packed byte may stand for."""
SMALL = 2**20
"""Bytes up to which a member may be packed as tightly as it likes: it can do no harm."""
LONGEST_NAME = 255


class UnsafeContainer(Unsafe):
    """A mail or archive that could harm who opens it, or is not what it says."""

    @classmethod
    def because(cls, code: str, what: str) -> Self:
        """Return a refusal that begins with its code."""
        return cls(f"{code}: {what}")

    @classmethod
    def of(cls, sentence: str) -> Self:
        """Return a refusal that a child worded."""
        return cls(sentence)


class EmptyContainer(Refused):
    """A mail or archive without a file in it."""


def shown(text: str, most: int = 80) -> str:
    r"""Return text from outside as one short printable line.

    >>> shown("Invoice\r\nBcc: all@example.org")
    'Invoice??Bcc: all@example.org'
    """
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:most]
