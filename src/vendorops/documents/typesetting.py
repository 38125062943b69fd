"""Typst source and data in, archival PDF out: the same bytes for the same inputs, anywhere."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from vendorops.documents.fields import Data
from vendorops.domain.refusal import Refused

STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
"""PDF/A-2a (ISO 19005-2) keeps for decades; PDF/UA-1 (ISO 14289-1) is readable by everyone."""
LONGEST = 1000
"""Characters of one field; more is an annex, and a name that long would not fit a signature."""
UNPRINTABLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Unicode categories that show nothing, or reorder what is shown next to them."""


class TemplateIncomplete(Refused):
    """The template asks for something that was not given."""


class UnprintableText(Refused):
    """A field holds characters that would not appear in print as they were typed."""


@cache
def fonts() -> typst.Fonts:
    """Return Typst's own fonts and the packaged Chinese one; fonts of the machine do not count.

    The font's package is located without being imported, because importing it loads Matplotlib.
    """
    package = find_spec("zhplot")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("the package zhplot, which carries the Chinese font, is not installed")
    folder = Path(package.submodule_search_locations[0]) / "fonts"
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _texts(data: Data) -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        if isinstance(value, str):
            yield name, value
            continue
        for number, row in enumerate(value, start=1):
            yield from ((f"{name}, row {number}, {key}", text) for key, text in row.items())


def check_printable(data: Data) -> None:
    """Refuse text that is too long or has control, invisible or private characters."""
    for where, text in _texts(data):
        if len(text) > LONGEST:
            raise UnprintableText(f"{where} has {len(text)} characters; shorten it to {LONGEST}")
        for at, character in enumerate(text, start=1):
            if unicodedata.category(character) in UNPRINTABLE:
                raise UnprintableText(
                    f"{where} has the unprintable character U+{ord(character):04X} at position"
                    f" {at}; type the field again without it"
                )


def _refusal(name: str, message: str) -> Refused | None:
    """Return the refusal behind a complaint of Typst, or None when the template is at fault."""
    missing = re.search(r'does not contain key "([^"]+)"', message)
    if missing:
        return TemplateIncomplete(
            f"template {name} needs {missing[1]!r}, which was not given; add it to the fields of"
            " this contract"
        )
    glyph = re.search(r'the text `?"(.+?)"`? could not be displayed with', message)
    if glyph:
        return UnprintableText(
            f"template {name} cannot print {glyph[1]!r}: no contract font has it; spell the field"
            " with other characters"
        )
    return None


def typeset(name: str, source: str, data: Data, *, day: date, root: Path) -> bytes:
    """Return the PDF of a Typst source; `sys.inputs.data` holds the data as JSON.

    `day` becomes the time stamp of the file and `root` bounds what the source may read. A key
    that is missing, or a character that no font has, is refused; any other complaint of Typst,
    even a warning, is a defect of the template and climbs.
    """
    check_printable(data)
    compiler = typst.Compiler(source.encode(), root=root, font_paths=fonts())
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=stamp
        )
    except typst.TypstError as error:
        raise _refusal(name, error.message) or error from error
    for warning in warnings:
        raise warning
    if not isinstance(pdf, bytes):
        raise TypeError(f"template {name} did not become one PDF")
    return pdf
