"""A template can do nothing but ask for its fields, and what is wrong with it is told by name."""

import shutil

import pytest

from tests.documents.contract_facts import DAY, TEMPLATES, sample, squeezed
from vendorops.documents import (
    TemplateIncomplete,
    UnknownLanguage,
    UnsafeTemplate,
    pdf_facts,
    render_contract,
)
from vendorops.domain.dated import NotInForce


@pytest.fixture
def shelf(tmp_path):
    return shutil.copytree(TEMPLATES, tmp_path / "templates")


@pytest.mark.parametrize(
    "escape",
    [
        "<% if supplier_name.__class__ %>x<% endif %>",
        "<% set x = ''.__class__.__mro__ %>",
        "<% set x = supplier_name.format.__globals__.x %>",
        '#read("../../../etc/passwd")',
        '#read("/sample.yaml")',
        '#image("/x.png")',
        '#let f = read\n#f("/sample.yaml")',
        '#import "@preview/cetz:0.3.0": canvas',
        '#import ("@pre" + "view/cetz:0.3.0"): canvas',
        '#{ import "@preview/cetz:0.3.0": canvas }',
        '#include "/rpo/xa/2026-01-01.typ"',
        '#let spec = "@preview/cetz:0.3.0"\n#{\n  import spec: canvas\n}',
        '#eval("1 + 1")',
    ],
)
def test_a_template_that_reaches_for_files_packages_or_internals_is_refused(shelf, escape):
    template = shelf / "rpo/xa/2026-01-01.typ"
    template.write_text(template.read_text("utf-8") + escape + "\n", "utf-8")

    with pytest.raises(UnsafeTemplate, match="template rpo/xa/2026-01-01 "):
        render_contract(shelf, "rpo", "xa", DAY, sample("rpo", "xa").as_data())


def test_words_that_only_look_like_loading_are_printed_as_text(shelf):
    words = "The parties read and include import duties; an import (of goods) is evaluated."
    template = shelf / "rpo/xa/2026-01-01.typ"
    template.write_text(template.read_text("utf-8") + f"\n#note(en: [{words}])\n", "utf-8")
    fields = sample("rpo", "xa").as_data()

    said = squeezed(pdf_facts(render_contract(shelf, "rpo", "xa", DAY, fields).pdf).text)

    assert squeezed(words) in said


@pytest.mark.parametrize("languages", ["fr", "", "zh,fr", "en,en", "zh en"])
def test_a_language_that_templates_do_not_speak_is_refused_by_name(languages):
    fields = sample("rpo", languages=languages).as_data()

    with pytest.raises(UnknownLanguage, match=r"rpo/cn/2026-01-01 cannot be set in .*zh, en"):
        render_contract(TEMPLATES, "rpo", "cn", DAY, fields)


def test_a_clause_that_lacks_a_language_is_refused_and_says_what_it_says(shelf):
    clause = "#clause(en: [It ends when the music stops.])\n"
    (shelf / "clauses/all/termination/2026-03-01.typ").write_text(clause, "utf-8")

    with pytest.raises(TemplateIncomplete, match=r"says nothing in zh: .*the music stops"):
        render_contract(shelf, "rpo", "cn", DAY, sample("rpo").as_data())


@pytest.mark.parametrize("inside", ["block[{}]", "grid([{}])", "strong[{}]", "align(center)[{}]"])
def test_a_clause_inside_something_else_is_refused_and_not_left_out(shelf, inside):
    template = shelf / "rpo/xa/2026-01-01.typ"
    hidden = inside.replace("{}", "#clause(en: [Nobody reads this.])")
    template.write_text(f"{template.read_text('utf-8')}\n#{hidden}\n", "utf-8")

    with pytest.raises(TemplateIncomplete, match=r"numbers nothing inside .*Nobody reads this"):
        render_contract(shelf, "rpo", "xa", DAY, sample("rpo", "xa").as_data())


def test_clauses_are_numbered_through_conditions_loops_and_settings(shelf):
    body = """
#article(en: [First])
#if true [#clause(en: [alpha])] else [#clause(en: [never])]
#for word in ("beta", "gamma") { clause(en: word) }
#set text(weight: "bold")
#clause(en: [delta])
#article(en: [Second])
A paragraph between.
#clause(en: [epsilon])
"""
    template = shelf / "rpo/xa/2026-01-01.typ"
    opening = '// Numbers.\n<% include "prelude" %>\n#show: contract.with(en: [Test])\n'
    template.write_text(opening + body, "utf-8")
    fields = sample("rpo", "xa").as_data()

    said = pdf_facts(render_contract(shelf, "rpo", "xa", DAY, fields).pdf).text

    for line in ("1. First", "1.1 alpha", "1.2 beta", "1.3 gamma", "1.4 delta"):
        assert line in said
    for line in ("2. Second", "A paragraph between.", "2.1 epsilon"):
        assert line in said


def test_a_clause_that_starts_later_is_refused_with_its_first_day(shelf):
    old = shelf / "clauses/all/termination/2026-01-01.typ"
    old.rename(old.with_name("2026-06-01.typ"))

    with pytest.raises(NotInForce, match=r"clause termination .*it starts 2026-06-01"):
        render_contract(shelf, "rpo", "cn", DAY, sample("rpo").as_data())


def test_a_version_that_is_not_named_by_a_day_is_refused_by_its_name(shelf):
    (shelf / "clauses/all/termination/final.typ").write_text("", "utf-8")

    with pytest.raises(TemplateIncomplete, match=r"clause termination .*'final\.typ'.*no day"):
        render_contract(shelf, "rpo", "cn", DAY, sample("rpo").as_data())


def test_wording_edited_while_drafting_is_seen_at_once(shelf):
    fields = sample("bpo", "xa").as_data()
    before = render_contract(shelf, "bpo", "xa", DAY, fields)
    clause = shelf / "clauses/all/termination/2026-01-01.typ"
    clause.write_text(clause.read_text("utf-8").replace("Each party", "Any one party"), "utf-8")

    after = render_contract(shelf, "bpo", "xa", DAY, fields)

    assert "Any one party" in pdf_facts(after.pdf).text
    assert after.source_sha256 != before.source_sha256
