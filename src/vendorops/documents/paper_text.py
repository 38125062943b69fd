"""Compares the text of a document with what was entered about it: name, number, days, figures."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from vendorops.domain.finding import Finding, Level
from vendorops.domain.periods import DAY
from vendorops.domain.written_dates import dates_in

WAN = 10_000
"""万, in which Chinese papers state capital."""


@dataclass(frozen=True)
class Told:
    """What was entered about a document."""

    kind: str
    name: str
    number: str
    valid_from: date
    valid_to: date | None
    figures: Mapping[str, str]


def squeezed(text: str) -> str:
    """Leave out what differs by print only: width, case, spaces and line ends.

    >>> squeezed("No. 12 ab") == squeezed("NO.12AB")
    True
    """
    return re.sub(r"[\s\u200b\ufffe]", "", unicodedata.normalize("NFKC", text)).casefold()


def contradictions(text: str, told: Told) -> Iterator[Finding]:
    """Yield where the text of a document does not say what was entered about it."""
    plain = squeezed(text)
    if squeezed(told.name) not in plain:
        message = f"the file of {told.kind} does not name {told.name}; hand in the applicant's own"
        yield Finding("document-names-another", Level.FATAL, told.kind, message)
    if squeezed(told.number) not in plain:
        message = f"the file of {told.kind} does not show the number given; compare the two"
        yield Finding("document-number-differs", Level.WARNING, told.kind, message)
    yield from _days(dates_in(text), told)
    yield from _figures(text, told)


def _days(shown: frozenset[date], told: Told) -> Iterator[Finding]:
    kind, ends = told.kind, told.valid_to
    if not shown:
        message = f"no day could be found in the file of {kind}; compare the days by eye"
        yield Finding("document-shows-no-day", Level.WARNING, kind, message)
        return
    if told.valid_from not in shown:
        message = f"the file of {kind} does not show {told.valid_from}, entered as its first day"
        yield Finding("document-begins-otherwise", Level.WARNING, kind, message)
    if ends is None or ends - DAY in shown:
        return
    if ends in shown:
        message = (
            f"the file of {kind} shows {ends}, on such papers the last day it holds; as the first "
            f"day no longer covered that is {ends + DAY}: correct valid_to"
        )
        yield Finding("document-ends-a-day-later", Level.WARNING, kind, message)
    else:
        message = (
            f"the file of {kind} does not show {ends - DAY}, entered as the last day it holds"
        )
        yield Finding("document-ends-otherwise", Level.WARNING, kind, message)


def _figures(text: str, told: Told) -> Iterator[Finding]:
    plain = unicodedata.normalize("NFKC", text)
    for name, stated in told.figures.items():
        if not re.search(_pattern(int(stated.partition(".")[0])), plain):
            message = f"the file of {told.kind} does not show {name} of {stated}; compare the two"
            where = f"{told.kind}, {name}"
            yield Finding("document-figure-differs", Level.WARNING, where, message)


def _pattern(whole: int) -> str:
    """Return what finds a number as papers print it: in threes, or in ten thousands.

    >>> re.findall(_pattern(5_000_000), "5000000; 5,000,000; 5 000 000; 500 万元; 15,000,000")
    ['5000000', '5,000,000', '5 000 000', '500 万']
    """
    spelled = f"{whole:,}".replace(",", "[, ]?")
    in_wan = rf"|{whole // WAN}\s*万" if whole and whole % WAN == 0 else ""
    return rf"(?<![\d,])(?:{spelled}(?!,?\d){in_wan})"
