"""What headings and labels mean, in the languages of `words.yaml`."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from vendorops.domain.currencies import EXPONENTS
from vendorops.domain.statement_mapping import same_heading
from vendorops.exact_yaml import exact_yaml

FILE = Path(__file__).with_name("words.yaml")
BRACKETED = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*$")
IN_CURRENCY = re.compile(r"\s+(in\s+)?(?P<inside>[a-z]{3})$")
"""As in `Amount in EUR` or `Amount EUR`."""


class Heading(NamedTuple):
    """What a heading says."""

    meaning: str
    """Nothing where it is not known."""
    currency: str
    """The currency it names, or nothing."""


class _Words(NamedTuple):
    meanings: dict[str, str]
    totals: dict[str, str]
    currencies: dict[str, str]


@cache
def _words() -> _Words:
    said = exact_yaml(FILE.read_text("utf-8"), FILE.name)
    currencies = {
        same_heading(str(word)): code
        for code, words in said["currencies"].items()
        for word in words
    }
    return _Words(_flat(said["meanings"]), _flat(said["totals"]), currencies)


def _flat(said: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    """Return what each word means, whatever its language."""
    return {
        _plain(str(word)): kind
        for kind, tongues in said.items()
        for words in tongues.values()
        for word in words
    }


def _plain(text: str) -> str:
    spaced = re.sub(r"[\s_\-./:]+", " ", same_heading(text))
    return spaced.strip()


def heading_of(text: str) -> Heading:
    """Return what a heading means and the currency it names, each nothing if not known.

    >>> heading_of(" Seller_ID "), heading_of("单价(元)"), heading_of("Betrag in EUR")
    (Heading(meaning='seller id', currency=''), Heading(meaning='price', currency='CNY'), \
Heading(meaning='amount', currency='EUR'))
    >>> heading_of("colour")
    Heading(meaning='', currency='')
    """
    plain = same_heading(text)
    known = _words().meanings
    if _plain(plain) in known:
        return Heading(known[_plain(plain)], "")
    for pattern in (BRACKETED, IN_CURRENCY):
        found = pattern.search(plain)
        currency = currency_of(found["inside"]) if found else ""
        meaning = known.get(_plain(plain[: found.start()]), "") if found else ""
        if currency and meaning:
            return Heading(meaning, currency)
    return Heading("", "")


def currency_of(text: str) -> str:
    """Return the currency that a code, sign or word stands for without doubt, or nothing.

    >>> currency_of("eur"), currency_of("€"), currency_of("元"), currency_of("$")
    ('EUR', 'EUR', 'CNY', '')
    """
    plain = same_heading(text)
    code = plain.upper()
    return code if code in EXPONENTS else _words().currencies.get(plain, "")


def total_of(text: str) -> str:
    """Return of what a row is the total: `part`, `whole`, `tax`, `gross`, or nothing.

    >>> total_of("Summe:"), total_of("小计"), total_of("Total hours worked")
    ('whole', 'part', '')
    """
    return _words().totals.get(_plain(text), "")


def language_names() -> list[str]:
    """Return the languages whose words are known, for the documentation and its test."""
    said = exact_yaml(FILE.read_text("utf-8"), FILE.name)
    return sorted({tongue for words in said["meanings"].values() for tongue in words})
