"""The terms for machines come back out of the PDF as they went in, or not at all."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from tests.documents.contract_facts import TEMPLATES
from vendorops.books import canonical
from vendorops.documents import DocumentOrder, render_document
from vendorops.documents.attachments import TermsDamaged, terms_of
from vendorops.documents.samples import sample_order
from vendorops.domain.refusal import Refused

DAY = date(2026, 3, 2)
ORDER = sample_order(TEMPLATES, "rpo", "xa", DAY)


def with_file(pdf, name, content):
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.add_attachment(name, content)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def plain():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_document_carries_its_fields_unless_it_is_given_terms_of_its_own():
    given = canonical({"contract": "CON-1", "cap_minor": 12})
    own = DocumentOrder("rpo", "xa", DAY, ORDER.fields, terms=given)

    assert terms_of(render_document(TEMPLATES, ORDER).pdf) == canonical(ORDER.fields)
    assert terms_of(render_document(TEMPLATES, own).pdf) == given


def test_the_terms_are_an_associated_file_as_pdf_a_3_wants_it():
    reader = PdfReader(BytesIO(render_document(TEMPLATES, ORDER).pdf))

    (file,) = (each.get_object() for each in reader.root_object["/AF"])  # type: ignore[attr-defined]  # an array.
    assert file["/UF"] == "terms.json"
    assert file["/AFRelationship"] == "/Data"
    assert file["/EF"]["/F"]["/Subtype"] == "/application/json"


@pytest.mark.parametrize(
    ("pdf", "told"),
    [
        (b"", "is broken"),
        (b"%PDF-1.7 and then nothing", "is broken"),
        (plain(), "carries 0 files called terms.json"),
        (with_file(plain(), "other.json", b"{}"), "carries 0 files called terms.json"),
        (with_file(plain(), "terms.json", b"\xff\xfe"), "is not text in UTF-8"),
    ],
)
def test_a_file_without_readable_terms_is_refused_and_says_why(pdf, told):
    with pytest.raises(Refused, match=told):
        terms_of(pdf)


def test_a_file_with_two_terms_is_refused_as_nobody_knows_which_hold():
    pdf = render_document(TEMPLATES, ORDER).pdf

    with pytest.raises(Refused, match=r"carries 2 files called terms\.json"):
        terms_of(with_file(pdf, "terms.json", b"{}"))


@pytest.mark.parametrize(
    "terms", [b'{"b":1,"a":2}', b'{ "a": 1 }', b"not json", b"[" * 5000, b'{"a":1,"a":2}']
)
def test_terms_that_are_not_canonical_are_refused_as_not_ours(terms):
    with pytest.raises(TermsDamaged, match="not canonical JSON"):
        terms_of(with_file(plain(), "terms.json", terms))
