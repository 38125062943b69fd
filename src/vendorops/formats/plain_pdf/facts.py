"""Suggests number, day, references and account of an invoice from its page."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from vendorops.domain.claim_suggestion import SuggestedField
from vendorops.domain.written_dates import dates_in
from vendorops.formats.plain_pdf.labels import near
from vendorops.formats.plain_pdf.pages import Line

NUMBER = re.compile(r"(?=[^\s]*\d)[A-Za-z0-9][A-Za-z0-9/_.\-]{1,29}")
PHRASE = re.compile(
    r"(?:rechnung|invoice|gutschrift)\w*\b[^:]{0,12}?\b(?:nr|no)\.?\s*"
    r"(?P<number>(?=\S*\d)[A-Za-z0-9][\w/.\-]{1,29})\s+(?:vom|of|dated)\s+(?P<day>.{6,20})",
    re.IGNORECASE,
)
OF_OURS = {
    "contract": re.compile(r"\bCON-\d{4}-\d{6}\b"),
    "order": re.compile(r"\b(?:WO|ORD|SOW)-\d{4}-\d{6}\b"),
    "supplier": re.compile(r"\bSUP-\d{4}-\d{6}\b"),
}
"""References that we gave, wherever they stand."""
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
SELLER = re.compile(r"\b(?:[A-Z]{2}[A-Z0-9]{8,12}|[0-9A-HJ-NPQRTUWXY]{18}|\d{2}-\d{7})\b")
"""VAT numbers, unified social credit codes, employer numbers: looked up, not believed."""
SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
MONTHS = 12
TAIL = 4
MOST_NUMBERS = 50


def facts_in(lines: Sequence[Line]) -> Iterator[SuggestedField]:
    """Yield what pages suggest, each with its place; what can be read in two ways is left out."""
    phrase = next(filter(None, map(_phrase, lines)), None)
    day_of = partial(_day, day_first=_day_first(lines))
    yield from phrase or _first("number", lines, _number)
    yield from () if phrase else _first("issue_date", lines, day_of)
    for name, pattern in OF_OURS.items():
        yield from _only(name, pattern, lines)
    tails = {found[-TAIL:]: line for line in lines for found in _accounts(line)}
    if len(tails) == 1:
        ((tail, line),) = tails.items()
        yield SuggestedField("account_tail", tail, line.where)


def numbers_in(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return numbers that may be the seller's."""
    found = (match for line in lines for match in SELLER.findall(line.text))
    return tuple(dict.fromkeys(found))[:MOST_NUMBERS]


def _first(
    name: str, lines: Sequence[Line], reading: Callable[[str], str]
) -> Iterator[SuggestedField]:
    for order in range(4):
        for each in near(lines, name):
            value = reading(each.text) if each.order == order else ""
            if value:
                yield SuggestedField(name, value, f"{each.where}, at {each.label!r}")
                return


def _phrase(line: Line) -> list[SuggestedField]:
    """Return number and day of a line such as `Rechnung Nr. 4711 vom 05.03.2026`."""
    found = PHRASE.search(line.text)
    days = dates_in(found["day"]) if found else ()
    if not found or len(days) != 1:
        return []
    return [
        SuggestedField("number", found["number"], line.where),
        SuggestedField("issue_date", min(days).isoformat(), line.where),
    ]


def _only(name: str, pattern: re.Pattern[str], lines: Sequence[Line]) -> Iterator[SuggestedField]:
    found = {match: line for line in lines for match in pattern.findall(line.text)}
    if len(found) == 1:
        ((value, line),) = found.items()
        yield SuggestedField(name, value, line.where)


def _number(text: str) -> str:
    word = text.split(maxsplit=1)[0].rstrip(".,;-/") if text.strip() else ""
    return word if NUMBER.fullmatch(word) and not dates_in(word) else ""


def _day(text: str, *, day_first: bool | None) -> str:
    slashed = SLASHED.search(text)
    if slashed and day_first is not None:
        one, other, year = map(int, slashed.groups())
        day, month = (one, other) if day_first else (other, one)
        return date(year, month, day).isoformat() if month <= MONTHS else ""
    found = dates_in(text)
    return min(found).isoformat() if len(found) == 1 else ""


def _day_first(lines: Sequence[Line]) -> bool | None:
    """Tell how days with slashes are written here, where one of them can be read in one way."""
    pairs = [tuple(map(int, found[:2])) for line in lines for found in SLASHED.findall(line.text)]
    day_first = any(one > MONTHS for one, _ in pairs)
    month_first = any(other > MONTHS for _, other in pairs)
    return day_first if day_first != month_first else None


def _accounts(line: Line) -> Iterator[str]:
    for found in IBAN.findall(line.text):
        plain = found.replace(" ", "")
        moved = plain[4:] + plain[:4]
        if moved.isalnum() and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1:
            yield plain
