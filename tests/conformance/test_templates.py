"""Every template on the shelf keeps the rules, also those that nobody listed here."""

import re
import shutil
from datetime import date

import pytest

from tests.conformance import template_checks
from tests.conformance.template_checks import (
    CHECKS,
    check_golden,
    check_languages,
    rendered,
    roles,
)
from tests.documents.contract_facts import TEMPLATES, sample, squeezed
from vendorops import programs
from vendorops.documents import TemplateIncomplete, pdf_facts
from vendorops.documents.samples import specimens
from vendorops.documents.templates import shelf

SOURCES = sorted(TEMPLATES.rglob("*.typ"))
SPECIMENS = list(specimens(TEMPLATES))
CONTRACTS = [each for each in SPECIMENS if each.kind in programs.codes()]
BY_THE_ENGINE = {"annexes"}
"""Clauses that the engine includes where a document has what they are about."""
GREETING = """// A kind of document nobody thought of: one page that says hello.
<% include "prelude" %>
#show: letter.with(zh: [问候], en: [Greeting])
#facts(
  say(zh: [收件人], en: [To]), data.supplier_name, say(zh: [寄件人], en: [From]), data.buyer_name,
)
#note(zh: [您好。], en: [Good day.])
#points((zh: [其一], en: [one thing]), (zh: [其二], en: [another]))
#annex(zh: [地图], en: [A map])
#note(zh: [沿河而行。], en: [Follow the river.])
"""


def named(specimen):
    return f"{specimen.template}-{specimen.place}"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
@pytest.mark.parametrize("specimen", SPECIMENS, ids=named)
def test_every_template_keeps_what_all_documents_must(specimen, check):
    check(TEMPLATES, specimen)


@pytest.fixture
def greeting(tmp_path, monkeypatch):
    """A shelf on which somebody has just put a new kind, and empty golden hashes."""
    templates = shutil.copytree(TEMPLATES, tmp_path / "templates")
    (templates / "greeting/all").mkdir(parents=True)
    (templates / "greeting/all/2026-01-01.typ").write_text(GREETING, "utf-8")
    monkeypatch.setattr(template_checks, "GOLDEN", tmp_path / "golden")
    monkeypatch.delenv("VENDOROPS_REFRESH_GOLDEN", raising=False)
    return templates


def test_a_new_kind_of_document_is_found_and_checked_without_any_list(greeting, monkeypatch):
    found = list(specimens(greeting, "greeting"))

    assert {"cn", "xa"} <= {each.place for each in found}
    with pytest.raises(AssertionError, match="no golden hash for greeting/all/2026-01-01 cn zh"):
        check_golden(greeting, found[0])
    monkeypatch.setenv("VENDOROPS_REFRESH_GOLDEN", "1")
    for check in CHECKS:
        check(greeting, found[0])
    monkeypatch.delenv("VENDOROPS_REFRESH_GOLDEN")
    check_golden(greeting, found[0])
    said = squeezed(pdf_facts(rendered(greeting, found[0]).pdf).text)
    for words in ("(a) 其一 one thing", "(b) 其二 another", "Annex A: A map"):
        assert squeezed(words) in said


def test_what_is_written_for_a_place_goes_before_what_is_written_for_all(greeting):
    (greeting / "greeting/xa").mkdir()
    own = GREETING.replace("Good day", "Saluton")
    (greeting / "greeting/xa/2026-01-01.typ").write_text(own, "utf-8")

    by_place = {each.place: each for each in specimens(greeting, "greeting")}

    assert "Good day" in pdf_facts(rendered(greeting, by_place["cn"]).pdf).text
    assert "Saluton" in pdf_facts(rendered(greeting, by_place["xa"]).pdf).text
    assert by_place["xa"].template == "greeting/xa/2026-01-01"


def test_a_new_kind_that_lacks_a_language_does_not_pass(greeting):
    silent = GREETING.replace("zh: [您好。], ", "")
    (greeting / "greeting/all/2026-01-01.typ").write_text(silent, "utf-8")

    with pytest.raises(TemplateIncomplete, match=r"greeting/all/2026-01-01 says nothing in zh"):
        check_languages(greeting, next(specimens(greeting, "greeting")))


def test_no_golden_file_outlives_its_template():
    known = {each.template.replace("/", "-") for each in SPECIMENS}

    assert {path.stem for path in template_checks.GOLDEN.glob("*.json")} == known


@pytest.mark.parametrize("specimen", CONTRACTS, ids=named)
def test_every_contract_says_who_agrees_and_for_how_much(specimen):
    fields = sample(specimen.kind, specimen.place)
    pdf = rendered(TEMPLATES, specimen).pdf

    said, found = squeezed(pdf_facts(pdf).text), roles(pdf)

    for wanted in (fields.buyer_name, fields.supplier_name, fields.scope):
        assert squeezed(wanted) in said
    for term in fields.terms:
        assert squeezed(term.price) in said
    assert "1,200,000.00" in said
    assert found["/H1"] >= 9
    assert found["/Table"] >= 2
    assert found["/TH"] >= 8


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_source_is_dated_explained_and_closed_to_the_world(path):
    source = path.read_text("utf-8")

    assert date.fromisoformat(path.stem)
    assert source.startswith("// ")
    assert "<<" not in source
    assert not re.search(r"#?\b(import|read|eval|plugin|image(?!\(\s*bytes\())\b\s*[(\"]", source)


def test_every_clause_is_used_by_some_document():
    used = {
        name for path in SOURCES for name in re.findall(r'include "([\w-]+)"', path.read_text())
    }

    assert used | BY_THE_ENGINE == {
        path.parent.name for path in SOURCES if "clauses" in path.parts
    }


def test_every_program_has_a_contract_for_china_and_for_the_invented_place():
    served = set(shelf(TEMPLATES))

    for code in programs.codes():
        assert {f"{code}/cn", f"{code}/xa"} <= served


@pytest.mark.parametrize("code", programs.codes())
def test_a_sample_prices_only_terms_that_its_program_has(code):
    terms = {term.code for term in programs.program(code).terms}

    assert {term.code for term in sample(code).terms} <= terms
