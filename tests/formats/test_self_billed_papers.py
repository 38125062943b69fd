from dataclasses import replace
from datetime import date

import facturx
import pytest

from tests.formats.official_rules import faults
from tests.formats.papers import line, paper, party
from vendorops.documents import pdf_facts
from vendorops.domain.paper import PaymentMeans, Preceding, UnfitPaper
from vendorops.domain.periods import Period
from vendorops.formats import cii, ubl
from vendorops.formats import hybrid_pdf as hybrid
from vendorops.formats.hybrid_pdf.words import WORDS

WRITTEN = {"ubl": ubl, "cii": cii}
TAXED = {
    "S": (1900, ""),
    "Z": (0, ""),
    "E": (0, "Kleinunternehmer, s. 19 UStG"),
    "AE": (0, "Reverse charge"),
    "O": (0, "Not subject to VAT"),
}


def billed(**told):
    """A self-billed invoice that says everything an agreement may make it say."""
    said = {
        "type_code": "389",
        "seller": party(reference="SUP-2026-000001"),
        "buyer": party("Xinghe Europe AG", "DE", tax_number="DE811907980"),
        "order_reference": "ORD-2026-000004",
        "period": Period.month("2026-10"),
        "notes": ("Gutschrift", "Written by the buyer under SBA-2026-000001"),
        "terms": "Within 30 days of the day of issue",
        "means": PaymentMeans("58", "DE02120300000000202051", "Arbeit & Söhne", "BYLADEM1001"),
    }
    return paper(**(said | told))


def credited(**told):
    source = Preceding("SB-AS-2026-000001", date(2026, 10, 31))
    return billed(**({"type_code": "261", "preceding": (source,)} | told))


def in_category(category):
    rate, why = TAXED[category]
    lines = (line("1", tax_category=category, tax_rate_e4=rate),)
    return {"lines": lines, "exemption": why}


PAPERS = [
    *(make(**in_category(category)) for make in (billed, credited) for category in TAXED),
    billed(lines=(line("1"), line("2", tax_rate_e4=700), line("3", work_reference=""))),
    billed(means=PaymentMeans("30", "6222020200012345678", "恒信", "")),
    billed(means=None, terms="", notes=(), period=None),
    credited(preceding=(), means=None),
]


@pytest.mark.parametrize("syntax", WRITTEN)
def test_what_we_write_meets_the_schema_and_every_published_rule(syntax):
    found = faults(syntax, [WRITTEN[syntax].write(each) for each in PAPERS])

    # A CII without a day of delivery has an empty element there, which the schema asks for.
    warnings = [each for each in found if "PEPPOL-EN16931-R008" in each]
    assert len(warnings) == (1 if syntax == "cii" else 0)
    assert [each for each in found if each not in warnings] == []


@pytest.mark.parametrize("syntax", WRITTEN)
def test_the_published_rules_notice_a_total_that_was_changed(syntax):
    whole = WRITTEN[syntax].write(billed())
    gross = billed().gross.text.encode()

    found = faults(syntax, [whole.replace(b">" + gross + b"<", b">9" + gross + b"<")])

    assert any("BR-CO-15" in fault for fault in found)


@pytest.mark.parametrize("syntax", WRITTEN)
def test_type_source_order_period_and_account_are_written_where_readers_look(syntax):
    text = WRITTEN[syntax].write(credited()).decode()

    for words in ("261", "SB-AS-2026-000001", "ORD-2026-000004", "Gutschrift", "SUP-2026-000001"):
        assert f">{words}<" in text
    assert ">DE02120300000000202051<" in text
    assert "2026-10-31" in text or "20261031" in text


def test_an_invoice_outside_the_scope_of_tax_names_no_vat_number():
    outside = billed(**in_category("O"))

    for written in (ubl.write(outside), cii.write(outside)):
        assert b"DE123456789" not in written
        assert b"DE811907980" not in written


def test_the_page_says_in_both_languages_that_the_buyer_wrote_it():
    shown = billed(
        languages="zh,en",
        seller=party("远航人力资源有限公司", reference="SUP-2026-000001"),
        lines=(line("1", description="数据标注 labelling"),),
    )

    written = hybrid.write(shown)

    text = pdf_facts(written).text
    for words in (
        "购买方开具的发票",
        "Self-billed invoice",
        "Gutschrift",
        "远航人力资源有限公司",
        "数据标注",
    ):
        assert words in text
    assert "DE02120300000000202051" in text
    assert facturx.get_xml_from_pdf(written)[1] == cii.write(shown)
    assert written == hybrid.write(shown)


def test_the_page_of_a_credit_note_names_the_invoice_it_takes_back_from():
    text = pdf_facts(hybrid.write(credited())).text

    assert "Self-billed credit note" in text
    assert "Corrects SB-AS-2026-000001" in " ".join(text.split())


def test_every_word_of_the_page_is_there_in_both_languages():
    assert all(len(pair) == 2 and all(pair) for pair in WORDS.values())


def test_a_note_that_cannot_be_printed_is_refused_before_anything_is_written():
    with pytest.raises(UnfitPaper, match="cannot be printed"):
        replace(billed(), notes=("Gut\u0007schrift",))
