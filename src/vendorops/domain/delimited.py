"""Bytes of a delimited text as records: how it is written is told by the bytes themselves.

UTF-16 where its mark says so, UTF-8 where the bytes are that. Else the letters beyond ASCII tell:
in Western text (Windows-1252) they stand alone among others, in Chinese text (GB 18030) they
follow each other; what cannot be GB 18030 at all is Western. Comma, semicolon, tab or bar,
whichever shows the most of the names that the reader knows.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from vendorops.domain.refusal import Refused

HEADER_WITHIN = 20
"""Rows among which the header is looked for."""
DELIMITERS = ",;\t|"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
TWO_CHARACTERS = 4
"""Bytes of two Chinese characters in GB 18030."""
THREE_BYTES = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
"""A Chinese character in UTF-8."""

Known = Callable[[Sequence[str]], int]
"""How many of a record's cells are names of columns that the reader knows."""


class BadTable(Refused):
    """The file is no table that we can read, or one of its cells does not hold what it should."""


@dataclass(frozen=True)
class Header:
    """Where the header is, how the text is cut there, and what it says."""

    delimiter: str
    row: int
    names: tuple[str, ...]


def decoded(data: bytes) -> str:
    """Return the text of a file; refused when its encoding cannot be told with certainty."""
    if data.startswith(UTF_16):
        text = _read(data, "utf-16")
    elif b"\0" in data:
        raise BadTable("the file is not plain text; save it as CSV UTF-8 and send that")
    else:
        text = _read(data, "utf-8-sig")
    if text is None:
        text = _guessed(data)
    if text is None or "\0" in text:
        raise BadTable("the file's characters cannot be told; save it as CSV UTF-8 and send that")
    return text


def _read(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> str | None:
    """Return text that is not UTF-8, or None: a wrong guess would change names unnoticed."""
    longest = max(map(len, BEYOND_ASCII.findall(data)), default=0)
    chinese = _read(data, "gb18030")
    western = longest == 1 or (longest < TWO_CHARACTERS and chinese is None)
    if longest >= TWO_CHARACTERS or western:
        _refuse_mixed(data, western=western)
    if western:
        return _read(data, "cp1252")
    return chinese if longest >= TWO_CHARACTERS else None


def _refuse_mixed(data: bytes, *, western: bool) -> None:
    """Refuse a file of which some lines are UTF-8 and others are not: it was put together."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.isascii() or _read(line, "utf-8") is None:
            continue
        if western or THREE_BYTES.search(line):
            raise BadTable(
                f"row {number} is UTF-8 and others are not; save the whole file as CSV UTF-8"
            )


def records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Return the records of a text; refused where it is cut in no way that CSV knows."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise BadTable(
            f"line {reader.line_num} of the file is not CSV ({error}); export the file again"
        ) from error


def header_of(text: str, known: Known) -> Header:
    """Return the record among the first ones that shows most known names; the first of equals."""
    return max(_headers(text), key=lambda header: known(header.names))


def _headers(text: str) -> Iterator[Header]:
    yield Header("", 0, ())
    for delimiter in DELIMITERS:
        try:
            for row, cells in enumerate(islice(records(text, delimiter), HEADER_WITHIN), start=1):
                yield Header(delimiter, row, tuple(cells))
        except BadTable:  # By this delimiter; the reader complains about the one that fits best.
            continue
