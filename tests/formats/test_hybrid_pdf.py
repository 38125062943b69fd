from dataclasses import replace
from io import BytesIO

import facturx
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader, PdfWriter

from tests.formats.papers import line, paper, party
from vendorops.documents import pdf_facts
from vendorops.domain.refusal import Refused
from vendorops.formats import NotAnInvoice, cii
from vendorops.formats import hybrid_pdf as hybrid
from vendorops.guarded_xml import UnsafeXml


def pdf_with(*attachments):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in attachments:
        writer.add_attachment(name, content)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def test_other_software_finds_the_same_xml_inside():
    name, xml = facturx.get_xml_from_pdf(hybrid.write(paper()))

    assert (name, xml) == ("factur-x.xml", cii.write(paper()))


def test_the_page_shows_what_the_attachment_says_and_no_markup_is_obeyed():
    shown = paper(lines=(line(description="#strong[*Run*] 数据标注 <b>"), line("2")))

    text = pdf_facts(hybrid.write(shown)).text

    for words in ("Invoice INV-2026-000123", "#strong[*Run*] 数据标注 <b>", "WRK-2", "CTR-2026"):
        assert words in text
    assert f"{shown.gross.text} EUR" in text


def test_the_file_says_that_it_is_archival_and_which_profile_it_carries():
    reader = PdfReader(BytesIO(hybrid.write(paper())))
    packet = reader.xmp_metadata

    assert packet is not None
    said = packet.stream.get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B" in said
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in said
    assert "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#" in said
    assert reader.pdf_header == "%PDF-1.7"
    assert "2026-10-31T00:00:00" in said


def test_a_long_invoice_runs_over_pages_and_keeps_its_total():
    lines = tuple(line(str(number)) for number in range(1, 121))

    written = hybrid.write(paper(lines=lines, type_code="381"))

    assert len(pdfium.PdfDocument(written)) > 1
    assert len(hybrid.read(written).lines) == 120
    assert "Credit note" in pdf_facts(written).text


def test_a_name_that_no_font_shows_is_refused_before_anything_is_sent():
    strange = replace(paper(), seller=party("\U00012000 GmbH"))

    with pytest.raises(Refused, match="no font of ours shows"):
        hybrid.write(strange)


def test_a_pdf_without_an_invoice_inside_is_refused_with_what_to_send():
    for data in (pdf_with(), pdf_with(("note.txt", b"x")), pdf_with(("factur-x.xml", b"<a/>"))):
        with pytest.raises(NotAnInvoice, match="has no e-invoice inside; send a Factur-X"):
            hybrid.read(data)


def test_a_pdf_with_two_invoices_inside_is_refused():
    xml = cii.write(paper())

    with pytest.raises(NotAnInvoice, match="has 2 e-invoices inside"):
        hybrid.read(pdf_with(("factur-x.xml", xml), ("xrechnung.xml", xml)))


def test_a_document_type_is_refused_inside_a_pdf_too():
    xml = cii.write(paper()).replace(b"<rsm:Cross", b"<!DOCTYPE a><rsm:Cross", 1)

    with pytest.raises(UnsafeXml, match="DOCTYPE"):
        hybrid.read(pdf_with(("factur-x.xml", xml)))


def test_a_locked_or_broken_pdf_is_refused():
    writer = PdfWriter(clone_from=BytesIO(hybrid.write(paper())))
    writer.encrypt("secret", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)

    for data in (file.getvalue(), b"%PDF-1.7\nnothing"):
        with pytest.raises(Refused, match="broken or asks for a password"):
            hybrid.read(data)
