"""Reasons that people give: kept for ever, and read by who decides or audits later."""

from unicodedata import east_asian_width

from vendorops.domain.refusal import Refused

LEAST_LETTERS = 3
"""A Chinese letter counts for two: words such as 重复 (twice) are whole reasons."""
SHOWN = 20
_WIDE = ("W", "F")


class Wordless(Refused):
    """Nothing is said, or so little that nobody else can act on it."""


def refuse_wordless(text: str, why: str, ask: str = "give --reason") -> None:
    """Refuse words that are missing or too short; `why` is what they have to say.

    >>> refuse_wordless("x", "why INV-1 is held")
    Traceback (most recent call last):
    vendorops.domain.reasons.Wordless: 'x' is too short to say why INV-1 is held; \
write 3 letters or more
    """
    said = text.strip()
    if not said:
        raise Wordless(f"say {why}, in words; {ask}")
    if sum(2 if east_asian_width(letter) in _WIDE else 1 for letter in said) < LEAST_LETTERS:
        raise Wordless(
            f"{said[:SHOWN]!r} is too short to say {why}; write {LEAST_LETTERS} letters or more"
        )
