"""Folds characters that print alike, by the Unicode Consortium's list (UTS 39, out of ICU)."""

from functools import lru_cache

import icu  # type: ignore[import-untyped]  # PyICU carries no types.
from rigour.text.scripts import text_scripts

_CHECKER = icu.SpoofChecker()
_SAME_STROKE = str.maketrans({"i": "l", "1": "l", "0": "o"})
"""Letters that fold together only when capitals and small letters count as equal: I, l, i, 1."""
_ROUNDS = 8
"""Folding a folded text may fold it once more; none needed more than three."""


@lru_cache(maxsize=2**16)
def latin(token: str) -> str:
    """Return a token in which letters of other scripts are the Latin ones that they imitate.

    Only a token that mixes Latin with another alphabet is changed: nobody writes so honestly.

    >>> latin("\u0410pple"), latin("\u041c\u043e\u0441\u043a\u0432\u0430")
    ('Apple', 'Москва')
    """
    scripts = text_scripts(token)
    if "Latin" not in scripts or scripts == {"Latin"}:
        return token
    return "".join(map(_imitated, token))


def _imitated(character: str) -> str:
    folded = str(_CHECKER.getSkeleton(0, character))
    return folded if folded.isascii() and folded.isalpha() else character


@lru_cache(maxsize=2**16)
def folded(token: str) -> str:
    """Return what all tokens have in common that print like this one, in any case.

    >>> folded("PayPaI") == folded("paypal") == folded("P\u0430yP\u0430l")
    True
    """
    printed = str(_CHECKER.getSkeleton(0, latin(token)))
    text = printed if printed.isascii() else latin(token)
    for _ in range(_ROUNDS):
        before = text
        skeleton = str(_CHECKER.getSkeleton(0, text.casefold()))
        text = skeleton.casefold().translate(_SAME_STROKE)
        if text == before:
            break
    return text
