"""Every contract template on the shelf keeps the rules, also those that nobody listed here."""

import json
import os
import re
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.documents.contract_facts import TEMPLATES, sample, squeezed
from vendorops import programs
from vendorops.documents import RenderedContract, pdf_facts, render_contract

GOLDEN = Path(__file__).parents[1] / "golden" / "contracts"
"""A file of hashes each."""
REFRESH = "write it with: VENDOROPS_REFRESH_GOLDEN=1 pytest tests/conformance/test_templates.py"
SOURCES = sorted(TEMPLATES.rglob("*.typ"))
LANGUAGES = ("zh", "en", "zh,en")
CONTRACTS = [
    path.relative_to(TEMPLATES).with_suffix("").as_posix()
    for path in SOURCES
    if path.relative_to(TEMPLATES).parts[0] in programs.codes()
]
HOSTILE = [
    "#set page(fill: red)",
    "*x* _y_ = Title",
    "] }",
    "\\",
    "<% include 'prelude' %>",
    "<< buyer_name >>",
    "$ x^2 $",
    "王小明",
    "// /* comment",
    '"#import "@preview/x:1.0.0"',
]
MARGIN = 50
"""Points of paper that stay white at either side (the templates leave 21 mm, 59.5 points)."""


def rendered(contract: str, **changed: str) -> RenderedContract:
    program, place, first_day = contract.split("/")
    day = date.fromisoformat(first_day)
    fields = sample(program, place, day=day, **changed)
    return render_contract(TEMPLATES, program, place, day, fields.as_data())


def roles(pdf: bytes) -> Counter[str]:
    """Count the structure elements of a tagged PDF by role."""
    found: Counter[str] = Counter()
    waiting: list[Any] = [PdfReader(BytesIO(pdf)).root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, DictionaryObject):
            found[str(node.get("/S", ""))] += 1
            waiting.append(node.get("/K", []))
        elif isinstance(node, list):
            waiting.extend(node)
    return found


def outside(pdf: bytes) -> list[str]:
    """Return the characters that stand in the margins at either side."""
    document = pdfium.PdfDocument(pdf)
    found = []
    for page in document:
        text, width = page.get_textpage(), page.get_width()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        found += [
            text.get_text_range(at, 1)
            for at, (left, _, right, _) in enumerate(boxes)
            if right > left and (left < MARGIN or right > width - MARGIN)
        ]
    document.close()
    return found


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_template_gives_the_bytes_of_its_golden_hash(contract):
    golden = GOLDEN / f"{contract.replace('/', '-')}.json"
    result = rendered(contract)
    now = {"pdf": result.sha256, "source": result.source_sha256}

    if os.environ.get("VENDOROPS_REFRESH_GOLDEN"):
        golden.write_text(json.dumps(now, indent=1) + "\n", "utf-8")

    assert golden.is_file(), f"no golden file for {contract}; look at its PDF, then {REFRESH}"
    assert json.loads(golden.read_text("utf-8")) == now, f"look at what changed, then {REFRESH}"
    assert result.template == contract
    assert rendered(contract) == result


@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_template_speaks_chinese_english_and_both_side_by_side(contract, languages):
    text = pdf_facts(rendered(contract, languages=languages).pdf).text

    assert ("第 1 页" in text) == ("zh" in languages)
    assert ("Page 1 of" in text) == ("en" in languages)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_template_says_who_agrees_and_for_how_much(contract):
    program, place, _ = contract.split("/")
    fields = sample(program, place)

    facts = pdf_facts(rendered(contract).pdf)

    said = squeezed(facts.text)
    assert 2 <= facts.pages <= 3
    for wanted in (fields.reference, fields.buyer_name, fields.supplier_name, fields.scope):
        assert squeezed(wanted) in said
    for term in fields.terms:
        assert squeezed(term.price) in said
    assert "1,200,000.00" in said


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_template_has_tagged_headings_tables_and_page_numbers(contract):
    pdf = rendered(contract).pdf

    found = roles(pdf)

    assert found["/Title"] + found["/H1"] >= 10
    assert found["/Table"] >= 2
    assert found["/TH"] >= 8
    assert "Page 1 of" in pdf_facts(pdf).text


@pytest.mark.parametrize("contract", CONTRACTS)
def test_no_name_can_change_what_a_template_says_or_looks_like(contract):
    plain = rendered(contract, supplier_name="X" * 8)
    tags = roles(plain.pdf)

    for name in HOSTILE:
        result = rendered(contract, supplier_name=name)
        page = pdfium.PdfDocument(result.pdf)[0].render(scale=0.5).to_pil().convert("RGB")
        assert squeezed(name) in squeezed(pdf_facts(result.pdf).text)
        assert result.source_sha256 == plain.source_sha256
        assert roles(result.pdf) == tags
        assert page.getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_nothing_runs_over_the_margin_however_long_it_is(contract):
    assert not outside(rendered(contract).pdf)
    for endless in ("W" * 400, "王" * 400, "Wa-" * 130):
        changed = {"supplier_name": endless, "program_title": endless, "scope": endless}
        assert not outside(rendered(contract, **changed).pdf)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_source_is_dated_explained_and_closed_to_the_world(path):
    source = path.read_text("utf-8")

    assert date.fromisoformat(path.stem)
    assert source.startswith("// ")
    assert "<<" not in source
    assert not re.search(r"#?\b(import|read|eval|plugin|image)\b\s*[(\"]", source)


def test_every_clause_is_used_by_some_contract():
    used = {
        name for path in SOURCES for name in re.findall(r'include "([\w-]+)"', path.read_text())
    }

    assert used == {path.parent.name for path in SOURCES if "clauses" in path.parts}


def test_every_program_has_a_contract_for_china_and_for_the_invented_place():
    served = {contract.rpartition("/")[0] for contract in CONTRACTS}

    for code in programs.codes():
        assert {f"{code}/cn", f"{code}/xa"} <= served


@pytest.mark.parametrize("code", programs.codes())
def test_a_sample_prices_only_terms_that_its_program_has(code):
    terms = {term.code for term in programs.program(code).terms}

    assert {term.code for term in sample(code).terms} <= terms
