"""The skeletons of a name: equal for names that look, or sound, like the same one.

Two of them, because no single one serves both: a Cyrillic name is *heard* as its transliteration,
but a forged one is *seen* as the Latin letters it imitates.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import icu  # type: ignore[import-untyped]  # PyICU carries no types.
from rigour.names import tokenize_name
from rigour.text.translit import ascii_text

from vendorops.naming.homoglyphs import folded, latin
from vendorops.naming.legal_forms import without_legal_form

PERSON = "person"
_ROUNDS = 8
"""A legal form may come to light when another was taken off; no name has so many."""
_SHORTEST = 3
"""Characters of a part of a name that still tells it from others."""
_IDEOGRAPHS = re.compile("[\u3400-\u9fff\U00020000-\U0002fa1f]")
_SIMPLIFIED = icu.Transliterator.createInstance("Traditional-Simplified")

Spoken = Callable[[str], str]


@lru_cache(maxsize=2**16)
def looks(name: str, kind: str) -> str:
    """Return the skeleton that names share which look alike in print.

    Width, case, punctuation, blanks, legal form and letters borrowed from other scripts make no
    difference, nor does the order of a person's names.

    >>> looks("\u0410pple Ltd.", "organization") == looks("\uff21pple Limited", "organization")
    True
    """
    return _settled(name, kind, folded)


@lru_cache(maxsize=2**16)
def sounds(name: str, kind: str) -> str:
    """Return the skeleton that a name shares with its transliterations.

    Chinese characters of a company are read as pinyin, those of a person stay themselves in
    their simplified form: too many people would be called the same.

    >>> sounds("Общество Ромашка", "organization")
    'obshchestvoromashka'
    """
    return _settled(name, kind, _person_heard if kind == PERSON else _heard)


def _settled(name: str, kind: str, spoken: Spoken) -> str:
    for _ in range(_ROUNDS):
        before = name
        name = _once(name, kind, spoken)
        if name == before:
            break
    return name


def _once(name: str, kind: str, spoken: Spoken) -> str:
    tokens = [latin(token) for token in _tokens(name)]
    if kind == PERSON:
        heard = sorted(spoken(token) for token in tokens)
    else:
        heard = [spoken(token) for token in without_legal_form(tokens)]
    return "".join(heard)


def _tokens(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name).replace("&", " and ")
    return tokenize_name(plain)


def _heard(token: str) -> str:
    said = ascii_text(str(_SIMPLIFIED.transliterate(token))).casefold()
    return "".join(tokenize_name(said)) or token


def _person_heard(token: str) -> str:
    if _IDEOGRAPHS.search(token):
        return str(_SIMPLIFIED.transliterate(token)).casefold()
    return _heard(token)


def spellings(name: str) -> tuple[str, ...]:
    """Return a name and, where it is written twice, in Chinese and in letters, each of the two.

    >>> spellings("上海云枢有限公司 Shanghai Yunshu Co. Ltd.")[1:]
    ('上海云枢有限公司', 'Shanghai Yunshu Co. Ltd.')
    """
    words = name.split()
    chinese = " ".join(word for word in words if _IDEOGRAPHS.search(word))
    other = " ".join(word for word in words if not _IDEOGRAPHS.search(word))
    if not chinese or not any(map(str.isalpha, other)):
        return (name,)
    return (name, chinese, other)


def name_keys(name: str, kind: str) -> frozenset[str]:
    """Return every key by which a name is found: of each spelling, how it looks and sounds."""
    keys = {f"look:{looks(text, kind)}" for text in spellings(name)}
    keys |= {f"sound:{sounds(text, kind)}" for text in spellings(name)}
    return frozenset(key for key in keys if len(key.partition(":")[2]) >= _SHORTEST)
