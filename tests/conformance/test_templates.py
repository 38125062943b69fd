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

from tests.documents.contract_facts import TEMPLATES, facts, sample, squeezed
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
    if path.relative_to(TEMPLATES).parts[0] != "clauses"
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
SHAPING = {"languages", "supplier_kind", "kind", "settles_by"}
"""Facts that decide what is said and are not printed themselves."""
PAGES = {True: (5, 12), False: (1, 5)}
"""Fewest and most, of a program's agreement and of a paper beside it."""
PARTS = {True: (20, 3, 10), False: (2, 1, 3)}
"""Least number of headings, tables and header cells, likewise."""
MARGIN = 50
"""Points of paper that stay white at either side (the templates leave 21 mm, 59.5 points)."""


def rendered(contract: str, **changed: str) -> RenderedContract:
    program, place, first_day = contract.split("/")
    fields = facts(program, place, day=first_day, **changed)
    return render_contract(TEMPLATES, program, place, date.fromisoformat(first_day), fields)


def is_program(contract: str) -> bool:
    """Tell the agreements of programs from the papers beside them."""
    return contract.partition("/")[0] in programs.codes()


def printed(contract: str) -> list[str]:
    """Return what a contract is given to print: its strings, and the cells of its own tables."""
    program, place, _ = contract.split("/")
    given = facts(program, place)
    tables = ["terms"] if is_program(contract) else [name for name in given if name not in SHAPING]
    cells = [
        cell
        for name in tables
        if isinstance(given[name], list)
        for row in given[name]
        for key, cell in row.items()
        if key != "volume"
    ]
    strings = [it for name, it in given.items() if isinstance(it, str) and name not in SHAPING]
    return [it for it in strings if not re.fullmatch(r"\d{4}-\d\d-\d\d", it)] + cells


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


def outside(pdf: bytes) -> list[str]:
    """Return the pieces of text that reach into the margins at either side."""
    document = pdfium.PdfDocument(pdf)
    found = []
    for page in document:
        text, width = page.get_textpage(), page.get_width()
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        found += [
            text.get_text_bounded(*box)
            for box in boxes
            if box[2] > box[0] and (box[0] < MARGIN or box[2] > width - MARGIN)
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
def test_every_template_prints_every_fact_it_is_given_on_few_pages(contract):
    found = pdf_facts(rendered(contract).pdf)

    fewest, most = PAGES[is_program(contract)]
    said = squeezed(found.text)
    assert fewest <= found.pages <= most
    assert not [it for it in printed(contract) if squeezed(it) not in said]


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_template_has_tagged_headings_tables_and_page_numbers(contract):
    pdf = rendered(contract).pdf

    found = roles(pdf)

    headings, tables, headers = PARTS[is_program(contract)]
    assert found["/Title"] + found["/H1"] >= headings
    assert found["/Table"] >= tables
    assert found["/TH"] >= headers
    assert "Page 1 of" in pdf_facts(pdf).text


@pytest.mark.parametrize("contract", CONTRACTS)
def test_no_name_can_change_what_a_template_says_or_looks_like(contract):
    plain = rendered(contract, supplier_name="X" * 8, buyer_name="X" * 8)
    tags = roles(plain.pdf)

    for supplier, buyer in zip(HOSTILE[::2], HOSTILE[1::2], strict=True):
        result = rendered(contract, supplier_name=supplier, buyer_name=buyer)
        page = pdfium.PdfDocument(result.pdf)[0].render(scale=0.5).to_pil().convert("RGB")
        said = squeezed(pdf_facts(result.pdf).text)
        assert squeezed(supplier) in said
        assert squeezed(buyer) in said
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
