"""Contracts are set from dated wording, and facts never become wording."""

import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.documents.contract_facts import DAY, TEMPLATES, sample, squeezed
from vendorops.documents import (
    NoTemplate,
    TemplateIncomplete,
    UnprintableText,
    pdf_facts,
    render_contract,
)
from vendorops.domain.dated import NotInForce
from vendorops.domain.money import Money


@pytest.fixture
def shelf(tmp_path):
    return shutil.copytree(TEMPLATES, tmp_path / "templates")


def text_of(program="rpo", place="cn", **changed):
    fields = sample(program, place, **changed).as_data()
    return squeezed(pdf_facts(render_contract(TEMPLATES, program, place, DAY, fields).pdf).text)


def test_a_contract_says_who_agrees_on_what_for_how_much():
    text = text_of("bpo")

    for said in ("Xinghe Manufacturing Group", "云帆数据科技有限公司", "CTR-2026-000007"):
        assert squeezed(said) in text
    for said in ("CNY 1,200,000.00", "0.42", "250,000", "98.5 %", "31 March 2028"):
        assert squeezed(said) in text
    assert squeezed("业务流程外包服务合同") in text
    assert squeezed("Business Process Outsourcing Agreement") in text


def test_the_last_day_shown_is_the_day_before_the_period_ends():
    text = text_of("bpo", end=date(2027, 1, 1))

    assert squeezed("31 December 2026") in text
    assert "2026年12月31日" in text


def test_a_price_change_shows_as_two_dated_lines():
    text = text_of("rpo")

    assert squeezed("18 % of first-year salary") in text
    assert squeezed("17.5 % of first-year salary") in text
    assert squeezed("2026-07-01") in text


def test_withholding_is_agreed_with_persons_and_with_nobody_else():
    assert squeezed("个人所得税") in text_of("freelance", supplier_kind="person")
    assert squeezed("个人所得税") not in text_of("freelance", supplier_kind="organization")
    assert squeezed("withholds the tax") in text_of("freelance", "xa", supplier_kind="person")


def test_a_contract_without_a_limit_says_nothing_of_one():
    assert squeezed("shall not exceed") in text_of("rpo", cap=Money.parse("5000.00", "CNY"))
    assert squeezed("shall not exceed") not in text_of("rpo", cap=None)


def test_the_guarantee_is_pro_rata_where_no_steps_were_agreed():
    steps = {"guarantee_days": "60", "guarantee_steps": []}

    assert squeezed("days that were not served") in text_of("rpo", particulars=steps)
    assert squeezed("days that were not served") not in text_of("rpo")


def test_only_china_calls_agency_work_labour_dispatch():
    assert squeezed("劳务派遣经营许可证") in text_of("staffing", "cn")
    assert squeezed("劳务派遣经营许可证") not in text_of("staffing", "xa")


def test_the_file_is_archival_tagged_and_dated_by_the_contract():
    fields = sample("rpo").as_data()

    reader = PdfReader(BytesIO(render_contract(TEMPLATES, "rpo", "cn", DAY, fields).pdf))

    known = reader.metadata
    assert known is not None
    assert known.title == "CTR-2026-000007 Engineering hiring 2026 · 研发招聘外包"
    assert known.author == fields["buyer_name"]
    assert known.creation_date is not None
    assert known.creation_date.date() == DAY
    root: Any = reader.root_object
    xmp = root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    outline: list[Any] = reader.outline
    assert "2. 保证期 Guarantee" in [item.title for item in outline]


def test_a_new_version_holds_from_its_first_day_and_leaves_older_contracts_alone(shelf):
    before = render_contract(shelf, "rpo", "xa", DAY, sample("rpo", "xa").as_data())
    source = (shelf / "rpo/xa/2026-01-01.typ").read_text("utf-8")
    changed = source.replace("Recruitment Process Outsourcing", "Talent Search")
    (shelf / "rpo/xa/2026-06-01.typ").write_text(changed, "utf-8")

    again = render_contract(shelf, "rpo", "xa", DAY, sample("rpo", "xa").as_data())
    later = date(2026, 6, 1)
    new = render_contract(shelf, "rpo", "xa", later, sample("rpo", "xa", day=later).as_data())

    assert again == before
    assert new.template == "rpo/xa/2026-06-01"
    assert "Talent Search Agreement" in pdf_facts(new.pdf).text
    assert new.source_sha256 != before.source_sha256


def test_a_clause_changes_on_its_own_day_for_every_template(shelf):
    clause = "#article(en: [Termination])\n#clause(en: [It ends when the music stops.])\n"
    (shelf / "clauses/all/termination/2026-06-01.typ").write_text(clause, "utf-8")

    old = render_contract(shelf, "bpo", "xa", date(2026, 5, 31), sample("bpo", "xa").as_data())
    new = render_contract(shelf, "bpo", "xa", date(2026, 6, 1), sample("bpo", "xa").as_data())

    assert "the music stops" not in pdf_facts(old.pdf).text
    assert "the music stops" in pdf_facts(new.pdf).text


@pytest.mark.parametrize(
    ("program", "place"), [("rpo", "de"), ("clauses", "all"), ("../rpo", "cn")]
)
def test_asking_for_a_contract_nobody_wrote_names_those_there_are(program, place):
    with pytest.raises(NoTemplate, match=r"no contract template .*there are .*bpo/cn, bpo/xa, "):
        render_contract(TEMPLATES, program, place, DAY, sample("rpo").as_data())


def test_a_day_before_the_first_template_is_refused_with_its_first_day():
    with pytest.raises(NotInForce, match=r"contract template rpo/cn .* it starts 2026-01-01"):
        render_contract(TEMPLATES, "rpo", "cn", date(2025, 12, 31), sample("rpo").as_data())


@pytest.mark.parametrize(
    "missing", ["supplier_kind", "cap", "supplier_name", "guarantee_steps", "review_days"]
)
def test_a_missing_field_is_refused_by_name_with_the_template(missing):
    fields = sample("rpo").as_data()
    del fields[missing]

    with pytest.raises(TemplateIncomplete, match=rf"template rpo/cn/2026-01-01 needs '{missing}'"):
        render_contract(TEMPLATES, "rpo", "cn", DAY, fields)


def test_a_missing_cell_of_a_table_is_refused_by_name():
    fields = sample("rpo").as_data()
    fields["terms"] = [{"code": "placement_fee"}]

    with pytest.raises(TemplateIncomplete, match="needs 'description'"):
        render_contract(TEMPLATES, "rpo", "cn", DAY, fields)


def test_a_clause_nobody_wrote_is_refused_by_name(shelf):
    template = shelf / "rpo/xa/2026-01-01.typ"
    template.write_text(template.read_text("utf-8") + '<% include "mercy" %>\n', "utf-8")

    with pytest.raises(TemplateIncomplete, match=r"clause 'mercy' .* neither for xa nor for all"):
        render_contract(shelf, "rpo", "xa", DAY, sample("rpo", "xa").as_data())


def test_printing_data_through_jinja_is_a_defect_of_the_template(shelf):
    template = shelf / "rpo/xa/2026-01-01.typ"
    template.write_text(template.read_text("utf-8") + "<< supplier_name >>\n", "utf-8")

    with pytest.raises(TypeError, match="through Typst"):
        render_contract(shelf, "rpo", "xa", DAY, sample("rpo", "xa").as_data())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ltd\u202eabc", r"supplier_name has the unprintable character U\+202E at position 4"),
        ("two\nlines", r"U\+000A"),
        ("party \U0001f389", "cannot print '\U0001f389'"),
        ("x" * 1001, "1001 characters; shorten it to 1000"),
    ],
)
def test_text_that_would_not_print_as_typed_is_refused(name, told):
    fields = sample("rpo", supplier_name=name).as_data()

    with pytest.raises(UnprintableText, match=told):
        render_contract(TEMPLATES, "rpo", "cn", DAY, fields)


def test_an_unprintable_cell_is_found_by_its_row():
    terms = tuple(replace(term, unit="a\u0000b") for term in sample("rpo").terms)

    with pytest.raises(UnprintableText, match="terms, row 1, unit"):
        render_contract(TEMPLATES, "rpo", "cn", DAY, sample("rpo", terms=terms).as_data())
