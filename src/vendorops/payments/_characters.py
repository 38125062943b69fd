"""The characters that banks take, and how a name is brought to them: by a named rule, or not."""

import re
from functools import cache

import icu  # type: ignore[import-untyped]  # PyICU carries no types.

from vendorops.payments._order import UnpayableOrder, printable

RULES = ("any", "sepa")
"""`any`: as it is; `sepa`: the basic Latin set, other Latin letters without their marks."""
SEPA = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]+")
"""What every SEPA bank must take (EPC132-08, 1.4); a text may not begin or end with a slash."""
SEPA_LONGEST = {"name": 70, "remittance": 140}
STAND_IN = str.maketrans({"&": "+", "_": "-", "\u2019": "'", "`": "'", '"': "'", ";": ","})
"""Marks beyond the set, as EPC217-08 replaces them."""


def latin(what: str, text: str) -> str:
    """Return a text in ASCII: Latin letters lose their marks (ICU Latin-ASCII).

    A name in another script is refused, never transliterated: the bank would compare another one.

    >>> latin("the payee", "Łukasz Größe"), latin("the payee", "Æther")
    ('Lukasz Grosse', 'AEther')
    """
    plain = _to_ascii().transliterate(text)
    if not plain.isascii():
        raise UnpayableOrder(
            f"{what} has letters that the bank does not take; have the account proposed anew with "
            "the holder in Latin letters, as the bank knows him"
        )
    return str(plain)


def sepa(what: str, text: str, kind: str) -> str:
    """Return a text in the basic set of SEPA, or refuse it; `kind` is name or remittance.

    >>> sepa("the payee", "Lin & Söhne", "name")
    'Lin + Sohne'
    """
    plain = latin(what, text).translate(STAND_IN)
    longest = SEPA_LONGEST[kind]
    printable(what, plain, longest)
    if not SEPA.fullmatch(plain) or plain.startswith("/") or plain.endswith("/") or "//" in plain:
        raise UnpayableOrder(
            f"{what} has a character that SEPA banks do not take; write it with letters, digits "
            "and / - ? : ( ) . , ' +, no slash at its ends"
        )
    return plain


@cache
def _to_ascii() -> icu.Transliterator:
    return icu.Transliterator.createInstance("Latin-ASCII")
