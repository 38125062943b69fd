"""Typst source and data in, archival PDF out: the same bytes for the same inputs, anywhere."""

import json
import os
import re
from datetime import UTC, date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from vendorops.documents.fields import Data
from vendorops.documents.printing import UNPRINTABLE, UnprintableText, check_printable
from vendorops.domain.refusal import Refused
from vendorops.gateways.pdf_attachments import TERMS

STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
"""PDF/A-3a (ISO 19005-3) keeps for decades and, unlike PDF/A-2, may carry other files: the
terms for machines travel inside; PDF/UA-1 (ISO 14289-1) is readable by everyone."""
NOWHERE = Path(os.devnull)
"""The folder sources may read: a place that has no files."""
LANGUAGES = ("zh", "en")
"""The languages documents can be set in."""
REMEDIES = {
    "says nothing in": "write it in that language too",
    "numbers nothing inside": "let articles and clauses stand at the top of the document",
}
"""What to do about what the prelude complains of."""
__all__ = [
    "UNPRINTABLE",
    "TemplateIncomplete",
    "UnknownLanguage",
    "UnprintableText",
    "UnsafeTemplate",
    "check_languages",
    "check_printable",
    "fonts",
    "typeset",
]

ATTACHING = f"""
#pdf.attach(
  "{TERMS}", bytes(sys.inputs.terms), relationship: "data", mime-type: "application/json",
  description: "The terms of this document for machines (canonical JSON, RFC 8785)",
)
"""
"""Stands behind every document, where it cannot disturb how the first page is set up."""
LOADING = re.compile(
    r"""\#\s*(?:import|include|eval)\b|\beval\s*\(|\b(?:import|include)\s*\(?\s*["@]"""
    r"""|(?:^|[{;])\s*(?:import|include)\s*(?:\(|[\w.-]+\s*(?:[:;}]|$))""",
    re.MULTILINE,
)
"""How Typst source loads other source. Packages would come over the network, so none is loaded."""


class TemplateIncomplete(Refused):
    """The template asks for something that was not given."""


class UnsafeTemplate(Refused):
    """The template reaches for files, packages or internals; it may only use its fields."""


class UnknownLanguage(Refused):
    """A document was asked for in a language that templates do not speak."""


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


def check_languages(name: str, data: Data) -> None:
    """Refuse a document in no language, in one that templates do not speak, or in one twice."""
    wanted = str(data.get("languages", "")).split(",")
    if set(wanted) - set(LANGUAGES) or len(set(wanted)) < len(wanted):
        raise UnknownLanguage(
            f"template {name} cannot be set in {','.join(wanted)[:40]!r}; choose from"
            f" {', '.join(LANGUAGES)}, or both for two columns"
        )


def _refusal(name: str, message: str) -> Refused | None:
    """Return the refusal behind a complaint of Typst, or None when the template is at fault."""
    missing = re.search(r'does not contain key "([^"]+)"', message)
    if missing:
        return TemplateIncomplete(
            f"template {name} needs {missing[1]!r}, which was not given; add it to the fields of"
            " this document"
        )
    faulty = re.search(
        r"panicked with: (says nothing in|numbers nothing inside)(.*)", message, re.DOTALL
    )
    if faulty:
        said = " ".join(f"{faulty[1]}{faulty[2]}".split())
        return TemplateIncomplete(f"template {name} {said[:200]}; {REMEDIES[faulty[1]]}")
    glyph = re.search(r'the text `?"(.+?)"`? could not be displayed with', message)
    if glyph:
        return UnprintableText(
            f"template {name} cannot print {glyph[1]!r}: no font of ours has it; spell the field"
            " with other characters"
        )
    if re.search(r"failed to load file|escape the project root|package", message):
        return _unsafe(name)
    return None


def _unsafe(name: str) -> UnsafeTemplate:
    return UnsafeTemplate(
        f"template {name} loads a file or a package; write out what it needs in a clause"
    )


def typeset(name: str, source: str, data: Data, *, day: date, terms: bytes = b"") -> bytes:
    """Return the PDF of a Typst source; `sys.inputs.data` holds the data as JSON.

    `day` becomes the time stamp of the file, `terms` travel inside it. A key that is missing, a
    character that no font has, and source that would load other files are refused; any other
    complaint of Typst, even a warning, is a defect of the template and climbs.
    """
    check_printable(data)
    if LOADING.search(source):
        raise _unsafe(name)
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    if terms:
        source, inputs["terms"] = source + ATTACHING, terms.decode()
    compiler = typst.Compiler(source.encode(), root=NOWHERE, font_paths=fonts())
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
