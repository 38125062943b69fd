"""What every template must keep, whatever it is for: each check takes a specimen and asserts."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.documents.contract_facts import squeezed
from vendorops.books import canonical
from vendorops.documents import RenderedDocument, pdf_facts, render_document
from vendorops.documents.samples import Specimen
from vendorops.gateways.pdf_attachments import carried_terms

GOLDEN = Path(__file__).parents[1] / "golden" / "documents"
"""A file for each template: the hashes of its PDF and wording by place and languages."""
REFRESH = "write it with: VENDOROPS_REFRESH_GOLDEN=1 pytest tests/conformance/test_templates.py"
LANGUAGES = ("zh", "en", "zh,en")
HOSTILE = [
    "#set page(fill: red)",
    "*x* _y_ = Title",
    "] }",
    "\\",
    "<% include 'prelude' %>",
    "<< buyer_name >>",
    "{{ buyer_name }}",
    "$ x^2 $",
    "王小明",
    "// /* comment",
    '"#import "@preview/x:1.0.0"',
]
MARGIN = 50
"""Points of paper that stay white at either side (the templates leave 21 mm, 59.5 points)."""
FOOTER = 62
"""Points at the foot of a page that hold its number only."""
FONTS = ("LibertinusSerif", "NotoSansSC", "LibertinusMath", "NewCMMath", "DejaVuSansMono")
"""Families we ship; a template that falls back to any other would look otherwise elsewhere."""

SIGNED_BY = re.compile("授权代表签字、盖章|Authorised signature and seal")
CLAUSE_NUMBER = re.compile(r"\d+\.\d+ ")
COLOUR = re.compile(rb"/\w+ (?:cs|CS) [\d. ]+(?:scn?|SCN?)|[\d. ]+ (?:rg|RG|g|G|k|K)\b")
"""How content streams choose a colour."""

_SET: dict[tuple[object, ...], RenderedDocument] = {}
"""Documents set in this session, so that checks of one specimen share them."""


def rendered(templates: Path, specimen: Specimen, **changed: str) -> RenderedDocument:
    """Set a specimen, with other words in some fields."""
    key = (templates, specimen.template, specimen.place, tuple(sorted(changed.items())))
    if key not in _SET:
        _SET[key] = render_document(templates, specimen.saying(**changed))
    return _SET[key]


def check_golden(templates: Path, specimen: Specimen) -> None:
    """Its bytes are those that somebody looked at, in every language."""
    golden = GOLDEN / f"{specimen.template.replace('/', '-')}.json"
    known = json.loads(golden.read_text("utf-8")) if golden.is_file() else {}
    for languages in LANGUAGES:
        key = f"{specimen.place} {languages}"
        result = rendered(templates, specimen, languages=languages)
        now = {"pdf": result.sha256, "source": result.source_sha256}
        if os.environ.get("VENDOROPS_REFRESH_GOLDEN"):
            known[key] = now
        assert key in known, f"no golden hash for {specimen.template} {key}; look at it, {REFRESH}"
        assert known[key] == now, f"look at what changed in {specimen.template} {key}, {REFRESH}"
        assert result.template == specimen.template
        again = render_document(templates, specimen.saying(languages=languages))
        assert again == result, "two settings of the same facts differ"
    if os.environ.get("VENDOROPS_REFRESH_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")


def check_languages(templates: Path, specimen: Specimen) -> None:
    """It speaks Chinese, English, and both side by side."""
    for languages in LANGUAGES:
        text = pdf_facts(rendered(templates, specimen, languages=languages).pdf).text
        assert ("第 1 页" in text) == ("zh" in languages)
        assert ("Page 1 of" in text) == ("en" in languages)


def check_identity(templates: Path, specimen: Specimen) -> None:
    """It says which document it is and with whom, and carries its facts for machines."""
    result = rendered(templates, specimen)
    said, fields = squeezed(pdf_facts(result.pdf).text), specimen.order.fields
    for wanted in ("reference", "supplier_name"):
        assert squeezed(str(fields[wanted])) in said
    assert carried_terms(result.pdf)["terms"].encode() == canonical(fields)


def check_structure(templates: Path, specimen: Specimen) -> None:
    """It is tagged: one title, headings that skip no level, tables with heads."""
    found = roles(rendered(templates, specimen).pdf)
    assert found["/Title"] == 1
    assert bool(found["/H1"]) or not found["/H2"]
    assert not found["/Table"] or found["/TR"] >= found["/Table"]


def check_names(templates: Path, specimen: Specimen) -> None:
    """No name can change what it says or looks like."""
    fields = ("supplier_name", "buyer_name", "program_title")
    plain = rendered(templates, specimen, **{name: f"XXXX-{name}" for name in fields})
    tags, said = roles(plain.pdf), pdf_facts(plain.pdf).text
    printed = [name for name in fields if f"XXXX-{name}" in squeezed(said)]
    for at in range(0, len(HOSTILE), len(fields)):
        names = [HOSTILE[(at + more) % len(HOSTILE)] for more in range(len(fields))]
        changed = dict(zip(fields, names, strict=True))
        result = rendered(templates, specimen, **changed)
        text = squeezed(pdf_facts(result.pdf).text)
        assert all(squeezed(changed[name]) in text for name in printed)
        assert result.source_sha256 == plain.source_sha256
        assert roles(result.pdf) == tags
        assert colours(result.pdf) == colours(plain.pdf)


def check_margins(templates: Path, specimen: Specimen) -> None:
    """Nothing runs over the margin, in any language, however long the names are."""
    for languages in LANGUAGES:
        assert not outside(rendered(templates, specimen, languages=languages).pdf)
    for endless in ("W" * 400, "王" * 400, "Wa-" * 130):
        changed = dict.fromkeys(("supplier_name", "program_title", "scope"), endless)
        assert not outside(rendered(templates, specimen, **changed).pdf)


def check_pages(templates: Path, specimen: Specimen) -> None:
    """No page is empty, ends with a heading, or uses a font that we do not ship."""
    for languages in LANGUAGES:
        pdf = rendered(templates, specimen, languages=languages).pdf
        titles = {squeezed(str(item.title)) for item in PdfReader(BytesIO(pdf)).outline}  # type: ignore[union-attr]  # our outlines are flat.
        for lines in pages(pdf):
            assert len(lines) > 1, "a page holds its running head only"
            assert squeezed(lines[-1]) not in titles, f"{lines[-1]} stands alone at a page's foot"
        assert not {name for name in font_names(pdf) if not name.startswith(FONTS)}


def check_signatures(templates: Path, specimen: Specimen) -> None:
    """Nobody signs a page that says nothing: a clause stands with the lines to sign."""
    for languages in LANGUAGES:
        pdf = rendered(templates, specimen, languages=languages).pdf
        for lines in pages(pdf):
            if any(SIGNED_BY.search(line) for line in lines):
                assert any(CLAUSE_NUMBER.match(line) for line in lines), "a signature stands alone"


CHECKS = (
    check_golden,
    check_languages,
    check_identity,
    check_structure,
    check_names,
    check_margins,
    check_pages,
    check_signatures,
)


def roles(pdf: bytes) -> Counter[str]:
    """Count the structure elements of a tagged PDF by role."""
    found: Counter[str] = Counter()
    waiting: list[Any] = [PdfReader(BytesIO(pdf)).root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, DictionaryObject):
            found[str(node.get("/S", ""))] += 1
            waiting += [node["/K"]] if "/K" in node else []
        elif isinstance(node, list):
            waiting.extend(node)
    return found


def colours(pdf: bytes) -> set[bytes]:
    """Return every setting of a colour on a PDF's pages."""
    said = b"\n".join(contents(pdf))
    return set(COLOUR.findall(said))


def contents(pdf: bytes) -> Iterator[bytes]:
    """Yield the content stream of each page."""
    for page in PdfReader(BytesIO(pdf)).pages:
        stream = page.get_contents()
        yield stream.get_data() if stream else b""


def font_names(pdf: bytes) -> Iterator[str]:
    """Yield the names of the fonts that a PDF uses, without the tags of their subsets."""
    for page in PdfReader(BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            yield str(font.get_object()["/BaseFont"]).removeprefix("/").partition("+")[2]


def pages(pdf: bytes) -> Iterator[list[str]]:
    """Yield the lines of each page between its running head and its number."""
    with closing(pdfium.PdfDocument(pdf)) as document:
        for page in document:
            text = page.get_textpage().get_text_bounded(bottom=FOOTER)
            yield [line for line in text.splitlines() if line.strip()]


def outside(pdf: bytes) -> list[str]:
    """Return the pieces of text that reach into the margins at either side."""
    found = []
    with closing(pdfium.PdfDocument(pdf)) as document:
        for page in document:
            text, width = page.get_textpage(), page.get_width()
            boxes = [text.get_rect(at) for at in range(text.count_rects())]
            found += [
                text.get_text_bounded(*box)
                for box in boxes
                if box[2] > box[0] and (box[0] < MARGIN or box[2] > width - MARGIN)
            ]
    return found
