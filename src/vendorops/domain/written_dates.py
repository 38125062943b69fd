"""Finds the days that a text names, in the spellings of licences and certificates."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

MONTHS = (
    ("january", "januar"),
    ("february", "februar"),
    ("march", "märz"),
    ("april",),
    ("may", "mai"),
    ("june", "juni"),
    ("july", "juli"),
    ("august",),
    ("september", "sept"),
    ("october", "oktober"),
    ("november",),
    ("december", "dezember"),
)
"""English and German; three letters of a name are enough."""
CHINESE = "\u3007一二三四五六七八九"
ZERO = CHINESE[0]
TEN = 10

_MONTH = r"(?P<name>[a-zä]{3,9})\.?"
_SEPARATED = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})\s*(?P<by>[-/.])\s*(?P<b>\d{1,2})\s*(?P=by)\s*(?P<y>\d{4})(?!\d)"
)
_DAY_NAMED = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+{_MONTH},?\s+(?P<y>\d{{4}})"
)
_MONTH_NAMED = re.compile(rf"{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})")
_CHINESE = re.compile(
    rf"(?P<y>[{CHINESE}]{{4}})年(?P<m>[{CHINESE}十]{{1,2}})月(?P<d>[{CHINESE}十]{{1,3}})日"
)


def dates_in(text: str) -> frozenset[date]:
    """Return every day a text names; where day and month could be either, both readings.

    >>> sorted(map(str, dates_in("自2026年1月1日至 31 December 2028")))
    ['2026-01-01', '2028-12-31']
    >>> sorted(map(str, dates_in("01.02.2026, 03/04/2026, 二零二六年十二月三十一日")))
    ['2026-02-01', '2026-03-04', '2026-04-03', '2026-12-31']
    """
    plain = unicodedata.normalize("NFKC", text.replace("\u200b", "")).casefold()
    plain = plain.replace("零", ZERO).replace("\u25cb", ZERO)
    return frozenset(_valid(_readings(plain)))


def _valid(readings: Iterator[tuple[int, int, int]]) -> Iterator[date]:
    for year, month, day in readings:
        try:
            yield date(year, month, day)
        except ValueError:
            continue  # Such as the thirteenth month of the other reading.


def _readings(text: str) -> Iterator[tuple[int, int, int]]:
    for found in _SEPARATED.finditer(text):
        yield int(found["y"]), int(found["m"]), int(found["d"])
    for found in _DAY_FIRST.finditer(text):
        yield int(found["y"]), int(found["b"]), int(found["a"])
        if found["by"] == "/":
            yield int(found["y"]), int(found["a"]), int(found["b"])
    for pattern in (_DAY_NAMED, _MONTH_NAMED):
        for found in pattern.finditer(text):
            yield int(found["y"]), _month(found["name"]), int(found["d"])
    for found in _CHINESE.finditer(text):
        year = int("".join(str(CHINESE.index(sign)) for sign in found["y"]))
        yield year, _small(found["m"]), _small(found["d"])


def _month(name: str) -> int:
    """Return the number of a month by its name or the start of it; 0 where it is no month."""
    for number, names in enumerate(MONTHS, start=1):
        if any(full.startswith(name) for full in names):
            return number
    return 0


def _small(text: str) -> int:
    """Return a number up to 99 written in Chinese.

    >>> _small("十"), _small("十二"), _small("三十一"), _small("五")
    (10, 12, 31, 5)
    """
    tens, ten, ones = text.rpartition("十")
    whole = TEN * (CHINESE.index(tens[0]) if tens else 1) if ten else 0
    return whole + (CHINESE.index(ones[0]) if ones else 0)
