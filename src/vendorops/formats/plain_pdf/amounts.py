"""Suggests net, tax, gross and currency: figures at labels, best those that add up."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from vendorops.domain.claim_suggestion import SuggestedField
from vendorops.domain.currencies import EXPONENTS
from vendorops.domain.money import Money
from vendorops.formats.plain_pdf.labels import near
from vendorops.formats.plain_pdf.pages import Line

AMOUNT = re.compile(r"(?<![\d.,])-?\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})*[.,]\d{2}(?![\d.,%])(?!\s?%)"
                    r"|(?<![\d.,])-?\d+[.,]\d{2}(?![\d.,%])(?!\s?%)")  # fmt: skip
SIGNS = {"€": "EUR", "£": "GBP", "￥": "CNY", "¥": "CNY", "zł": "PLN"}
CODE = re.compile(r"\b[A-Z]{3}\b")
MOST = 12
"""Candidates of one fact that are tried together."""


@dataclass(frozen=True)
class Candidate:
    """A figure at a label."""

    cents: int
    where: str


def amounts_in(lines: Sequence[Line]) -> Iterator[SuggestedField]:
    """Yield currency and figures; figures only of a currency with two decimals.

    Of several figures at labels those are taken of which net and tax make gross, and where none do
    the only gross; and only if no figure on the pages is larger, which might be the whole.
    """
    currency = currency_in(lines)
    if currency:
        yield SuggestedField("currency", *currency)
    found = {name: candidates(lines, name) for name in ("net", "tax", "gross")}
    printed = [abs(cents(text)) for line in lines for text in AMOUNT.findall(line.text)]
    agreeing = _agreeing(found, max(printed, default=0))
    for name, candidate in agreeing.items():
        yield SuggestedField(name, Money(candidate.cents, "EUR").text, candidate.where)


def candidates(lines: Sequence[Line], name: str) -> list[Candidate]:
    """Return the figures on the lines of a fact's labels, or else below them, each figure once."""
    found: dict[int, Candidate] = {}
    beside = {
        each.at for each in near(lines, name) if each.order <= 1 and AMOUNT.search(each.text)
    }
    for each in near(lines, name):
        if each.order > 1 and each.at in beside:
            continue
        for text in AMOUNT.findall(each.text):
            place = f"{each.where}, at {each.label!r}"
            found.setdefault(cents(text), Candidate(cents(text), place))
    return list(found.values())[-MOST:]


def cents(text: str) -> int:
    """Return a printed amount of two decimals in cents.

    >>> cents("1.234,50"), cents("-12.00")
    (123450, -1200)
    """
    return int(re.sub(r"[^\d-]", "", text))


def currency_in(lines: Sequence[Line]) -> tuple[str, str] | None:
    """Return the currency named most often and where first; None where two are named as often."""
    named: Counter[str] = Counter()
    first: dict[str, str] = {}
    for line in lines:
        codes = [code for code in CODE.findall(line.text) if code in EXPONENTS]
        signs = [code for sign, code in SIGNS.items() if sign in line.text]
        for code in {*codes, *signs}:
            named[code] += 1
            first.setdefault(code, line.where)
    ranked = named.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0], first[ranked[0][0]]


def _agreeing(found: dict[str, list[Candidate]], largest: int) -> dict[str, Candidate]:
    whole = [each for each in found["gross"] if abs(each.cents) >= largest]
    triples = [
        (net, tax, gross)
        for net, tax, gross in product(found["net"], found["tax"], whole)
        if net.cents + tax.cents == gross.cents and net.cents
    ]
    if triples:
        return dict(zip(("net", "tax", "gross"), triples[0], strict=True))
    return {"gross": whole[0]} if len(whole) == 1 else {}
