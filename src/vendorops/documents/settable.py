"""Tells whether contracts can be set, without setting each of many that differ in words only.

Setting one takes tens of milliseconds. Whether it can be set depends on which fields there are, on
the few values that templates branch on, and on characters that fonts have or lack. So within one
transaction a contract is set in full once for each shape of its fields; of another one of that
shape only the characters are looked at. Whatever is not plainly alike is set in full.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from vendorops.books import Books
from vendorops.documents.contracts import render_contract
from vendorops.documents.fields import Data
from vendorops.documents.printing import LONGEST, check_printable
from vendorops.documents.typesetting import typeset
from vendorops.domain.refusal import Refused

PROVEN, DECISIVE = "vendorops.settable.proven", "vendorops.settable.decisive"
"""Under which names a session remembers, until its transaction ends, the shapes that were set and
the fields whose values decide what a template says."""
NAME = r"([A-Za-z_][\w-]*)\b"
COMPARED_IN_TYPST = re.compile(
    rf"\bdata\.{NAME}\s*(?:==|!=|<|>|\.(?:split|contains|starts-with|ends-with|match)\()"
    rf"|\b(?:if|not|and|or|in|let\s+[\w-]+\s*=)\s+data\.{NAME}"
    rf"|(?:==|!=)\s*data\.{NAME}"
)
COMPARED_IN_JINJA = re.compile(
    rf"{NAME}\s*(?:==|!=|<|>|\||not\s+in\b|in\b)|(?:==|!=|\bin)\s*{NAME}"
)
TAG = re.compile(r"<%(.*?)%>", re.DOTALL)
JOINING = ("M", "C")
"""Categories of characters that join others, so that one font must have all of them together."""
PROBE = """
#set document(title: "probe")
#set page(width: 100cm, height: auto)
#json(bytes(sys.inputs.data)).text
"""
MOST = LONGEST // 2
"""Characters looked up at once, with a blank between them."""
Shape = tuple[object, ...]
_printed: set[str] = set(map(chr, range(0x20, 0x7F)))
"""Characters that a font of ours was seen to have; fonts do not change while a process lives."""


def check_settable(books: Books, program: str, place: str, fields: Data) -> None:
    """Refuse whatever `render_contract` would refuse to set on the day of the books."""
    templates, day = books.settings.templates, books.as_of
    remembered: dict[Any, Any] = books.session.info
    if DECISIVE not in remembered:
        remembered[DECISIVE], remembered[PROVEN] = decisive(templates), set()
    shape = (program, place, *_shape(fields, remembered[DECISIVE]))
    if shape in remembered[PROVEN] and _all_printed(fields, day):
        check_printable(fields)
        return
    render_contract(templates, program, place, day, fields)
    remembered[PROVEN].add(shape)


def decisive(templates: Path) -> frozenset[str]:
    """Return the fields whose values some template or clause compares with something."""
    names: set[str] = set()
    for path in templates.rglob("*.typ"):
        source = path.read_text("utf-8")
        for groups in COMPARED_IN_TYPST.findall(source):
            names.update(groups)
        for tag in TAG.findall(source):
            for groups in COMPARED_IN_JINJA.findall(tag):
                names.update(groups)
    return frozenset(names - {""})


def _shape(fields: Data, decides: frozenset[str]) -> Iterator[object]:
    """Yield what of the fields may decide whether a template fits them."""
    for name, value in sorted(fields.items()):
        if isinstance(value, str):
            yield name, value if name in decides else bool(value)
        else:
            rows = {tuple((key, bool(text)) for key, text in sorted(row.items())) for row in value}
            yield name, frozenset(rows)


def _all_printed(fields: Data, day: date) -> bool:
    """Tell whether every character is one that stands alone and that a font has."""
    new = set(_characters(fields)) - _printed
    if not new:
        return True
    if any(unicodedata.category(character)[0] in JOINING for character in new):
        return False
    probed = sorted(new)[:MOST]
    try:
        typeset("probe", PROBE, {"text": " ".join(probed)}, day=day)
    except Refused:
        return False
    _printed.update(probed)
    return new <= _printed


def _characters(fields: Data) -> Iterator[str]:
    for value in fields.values():
        if isinstance(value, str):
            yield from value
        else:
            yield from (character for row in value for text in row.values() for character in text)
