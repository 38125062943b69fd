"""Annexes stand behind the document that lists them, and nothing that acts comes along."""

from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject, DictionaryObject, Fit, NameObject, TextStringObject

from tests.documents.contract_facts import TEMPLATES, squeezed
from vendorops.documents import pdf_facts
from vendorops.documents.annexes import LARGEST, Annex, render_annexed
from vendorops.documents.attachments import terms_of
from vendorops.documents.samples import sample_order
from vendorops.gateways.pdf_joining import AnnexUnfit

LICENCE = Path(__file__).parents[2] / (
    "src/vendorops/demo/samples/documents/bpo-business-licence.pdf"
)
ORDER = sample_order(TEMPLATES, "rpo", "cn", date(2026, 3, 2))


def licence(change=None):
    writer = PdfWriter(clone_from=BytesIO(LICENCE.read_bytes()))
    if change:
        change(writer)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def with_fields(writer):
    field = DictionaryObject({NameObject("/T"): TextStringObject("amount")})
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([field])})
    writer.root_object[NameObject("/AcroForm")] = form


def with_stamp(writer):
    writer.add_annotation(0, FreeText(text="PAID", rect=(50, 50, 200, 80)))


def with_script(writer):
    names = DictionaryObject({NameObject("/JavaScript"): DictionaryObject()})
    writer.root_object[NameObject("/Names")] = names


def with_link(writer):
    writer.add_annotation(0, Link(rect=(5, 5, 9, 9), target_page_index=0, fit=Fit.fit()))


def refused(data):
    with pytest.raises(AnnexUnfit) as refusal:
        render_annexed(TEMPLATES, ORDER, [Annex("Good one", licence()), Annex("Bad one", data)])
    return str(refusal.value)


def test_annexes_are_listed_with_pages_and_digest_and_follow_the_document():
    licence_bytes = LICENCE.read_bytes()
    annexes = [Annex("营业执照 Business licence", licence_bytes), Annex("Again", licence_bytes)]

    result = render_annexed(TEMPLATES, ORDER, annexes)

    alone, whole = pdf_facts(result.document.pdf), pdf_facts(result.pdf)
    assert whole.pages == alone.pages + 2
    assert pdf_facts(licence_bytes).text in whole.text
    said = squeezed(alone.text)
    assert squeezed("A 营业执照 Business licence 1") in said
    assert sha256(licence_bytes).hexdigest() in said
    titles = [item.title for item in PdfReader(BytesIO(result.pdf)).outline]  # type: ignore[union-attr]  # ours is flat.
    assert titles[-2:] == ["A. 营业执照 Business licence", "B. Again"]


def test_joining_twice_gives_the_same_bytes_and_keeps_the_terms_for_machines():
    annexes = [Annex("Licence", LICENCE.read_bytes())]

    result = render_annexed(TEMPLATES, ORDER, annexes)

    assert render_annexed(TEMPLATES, ORDER, annexes) == result
    assert terms_of(result.pdf) == terms_of(result.document.pdf)
    assert b'"annexes":[{"letter":"A"' in terms_of(result.pdf)


def test_a_joined_file_takes_back_the_claims_that_our_own_pages_could_make():
    result = render_annexed(TEMPLATES, ORDER, [Annex("Licence", LICENCE.read_bytes())])

    before, after = (
        PdfReader(BytesIO(pdf)).root_object["/Metadata"].get_data()  # type: ignore[attr-defined]  # a stream.
        for pdf in (result.document.pdf, result.pdf)
    )
    for claim in (b"pdfaid:part>", b"pdfaid:conformance>", b"pdfuaid:part>"):
        assert claim in before
        assert claim not in after
    assert "/StructTreeRoot" in PdfReader(BytesIO(result.pdf)).root_object


def test_links_of_an_annex_are_left_behind_with_its_structure():
    result = render_annexed(TEMPLATES, ORDER, [Annex("Licence", licence(with_link))])

    last = PdfReader(BytesIO(result.pdf)).pages[-1]
    assert "/Annots" not in last
    assert "/StructParents" not in last


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda writer: writer.encrypt("secret"), "is encrypted"),
        (with_fields, "has fields, scripts, stamps or comments"),
        (with_stamp, "has fields, scripts, stamps or comments"),
        (with_script, "has fields, scripts"),
    ],
)
def test_an_annex_that_is_more_than_pages_is_refused_by_its_title(change, told):
    assert f"annex B, 'Bad one': {told}" in refused(licence(change))


@pytest.mark.parametrize("data", [b"", b"hello", LICENCE.read_bytes()[:3000]])
def test_a_broken_annex_is_refused_by_its_title(data):
    assert "annex B, 'Bad one': is broken" in refused(data)


def test_no_annexes_and_too_large_ones_are_refused_with_the_limit():
    for annexes in ([], [Annex("Huge", b"%PDF-1.7" + bytes(LARGEST))]):
        with pytest.raises(AnnexUnfit, match=f"of {LARGEST} bytes together"):
            render_annexed(TEMPLATES, ORDER, annexes)
