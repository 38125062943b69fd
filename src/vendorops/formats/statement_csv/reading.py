"""Bytes of a CSV file as the rows of a statement."""

from collections.abc import Iterator, Sequence

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.delimited import (
    DELIMITERS,
    UTF_16,
    BadTable,
    Header,
    decoded,
    header_of,
    records,
)
from vendorops.domain.refusal import Refused
from vendorops.formats._statement.layout import FEWEST_COLUMNS, NEEDED
from vendorops.formats._statement.reading import Statement
from vendorops.formats._statement.refusing import BadStatement
from vendorops.formats._statement.rows import (
    MOST_COLUMNS,
    Table,
    TableRow,
    check_size,
    within_limits,
)
from vendorops.formats._statement.words import heading_of

HEAD = 20_000
"""Bytes that `recognises` looks at."""
OTHERS = (b"<", b"%PDF", b"PK", b"\xd0\xcf\x11\xe0")


def recognises(data: bytes, name: str) -> bool:
    """Tell whether the file looks like a statement in CSV: a cheap look, not a check."""
    if data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(OTHERS):
        return False
    if name.casefold().endswith((".csv", ".tsv")):
        return True
    try:
        head = data[:HEAD] if data.startswith(UTF_16) else data[: data.rfind(b"\n", 0, HEAD) + 1]
        known = {heading_of(cell).meaning for cell in header_of(decoded(head), _known).names}
    except Refused:
        return False
    return known >= {*NEEDED}


def read(data: bytes) -> ClaimDocument:
    """Return what the statement says; refused when it is broken or contradicts itself."""
    return opened(data).read()


def opened(data: bytes) -> Statement:
    """Return the rows of a statement; refused when the file is no text in rows."""
    check_size(data)
    try:
        text = decoded(data)
    except BadTable as refusal:
        raise BadStatement("E_CSV_ENCODING", str(refusal)) from refusal
    rows = _rows(text, _delimiter(text))
    return Statement("statement_csv", (Table(tuple(within_limits(rows))),))


def _known(names: Sequence[str]) -> int:
    """Count known headings; a record wider than any statement is not looked through."""
    return len({heading_of(name).meaning for name in names[:MOST_COLUMNS]} - {""})


def _delimiter(text: str) -> str:
    """Return how the text is cut: as shows the most known names, else the most columns."""
    found = header_of(text, _known)
    if _known(found.names):
        return found.delimiter
    cuts = [_first(text, delimiter) for delimiter in DELIMITERS]
    widest = max(cuts, key=lambda header: len(header.names))
    return widest.delimiter if len(widest.names) >= FEWEST_COLUMNS else DELIMITERS[0]


def _first(text: str, delimiter: str) -> Header:
    """Return the first record that a delimiter cuts; nothing where it cuts none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return Header(delimiter, 1, tuple(first.split(delimiter)))


def _rows(text: str, delimiter: str) -> Iterator[TableRow]:
    try:
        for number, cells in enumerate(records(text, delimiter), start=1):
            yield TableRow(number, tuple(cells))
    except BadTable as refusal:
        raise BadStatement("E_CSV_BROKEN", str(refusal)) from refusal
