"""Cuts names into pieces of three letters, of which like names have many in common."""

from collections.abc import Iterator
from functools import lru_cache

from rigour.names import tokenize_name
from rigour.text.phonetics import metaphone
from rigour.text.translit import ascii_text

from vendorops.naming.homoglyphs import latin
from vendorops.naming.legal_forms import without_legal_form

SIZE = 3
_DIGITS = str.maketrans("0135", "oles")
"""Digits that are put in place of letters."""


@lru_cache(maxsize=2**16)
def spelled(name: str) -> str:
    """Return a name in plain small letters, its words parted by blanks, without legal form.

    >>> spelled("\u0410pple-Werke GmbH")
    'apple werke'
    """
    heard = ascii_text(" ".join(latin(token) for token in tokenize_name(name))).casefold()
    return " ".join(without_legal_form(tokenize_name(heard) or tokenize_name(name.casefold())))


@lru_cache(maxsize=2**16)
def grams(name: str) -> frozenset[str]:
    """Return the pieces of a name: letters in threes, each word's beginning and end, its sound.

    >>> sorted(grams("Pol Pot"))
    ['^po', 'ol$', 'ot$', 'pol', 'pot', '~PL', '~PT']
    """
    return frozenset(gram for token in spelled(name).split() for gram in _cut(token))


def _cut(token: str) -> Iterator[str]:
    letters = token if token.isdigit() else token.translate(_DIGITS)
    padded = f"^{letters}$"
    for at in range(max(1, len(padded) - SIZE + 1)):
        yield padded[at : at + SIZE]
    if letters.isascii() and (sound := metaphone(letters)):
        yield f"~{sound}"
