"""Reasons that people give: kept for ever, and read by who decides or audits later."""

from vendorops.domain.refusal import Refused

LEAST_LETTERS = 2
"""Chinese words such as 重复 (twice) are whole reasons; the tables ask for as many."""


class Wordless(Refused):
    """Nothing is said, or so little that nobody else can act on it."""


def refuse_wordless(text: str, why: str, ask: str = "give --reason") -> None:
    """Refuse words that are missing or too short; `why` is what they have to say.

    >>> refuse_wordless("x", "why INV-1 is held")
    Traceback (most recent call last):
    vendorops.domain.reasons.Wordless: 'x' is too short to say why INV-1 is held; \
write 2 letters or more
    """
    said = text.strip()
    if not said:
        raise Wordless(f"say {why}, in words; {ask}")
    if len(said) < LEAST_LETTERS:
        raise Wordless(
            f"{said!r} is too short to say {why}; write {LEAST_LETTERS} letters or more"
        )
