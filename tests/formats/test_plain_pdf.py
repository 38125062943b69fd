from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from tests.stages.intake.pdfs import printed, scanned
from vendorops.domain.claim_suggestion import NeedsReview
from vendorops.domain.refusal import Refused
from vendorops.formats import format_of, hybrid_pdf, plain_pdf
from vendorops.formats.plain_pdf.pages import printed_lines

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


def suggested(data):
    with pytest.raises(NeedsReview) as doubt:
        plain_pdf.read(data)
    return doubt.value.suggestion


def values(data):
    return {field.name: field.value for field in suggested(data).fields}


def test_a_pdf_without_an_e_invoice_is_never_read_as_a_claim_but_suggests_one():
    data = printed()

    assert format_of(data, "invoice.pdf") is plain_pdf
    assert values(data) == {
        "number": "4711/26",
        "issue_date": "2026-10-31",
        "contract": "CON-2026-000001",
        "account_tail": "3000",
        "currency": "EUR",
        "net": "1000.00",
        "tax": "190.00",
        "gross": "1190.00",
    }


def test_each_suggestion_names_the_page_the_line_and_the_label_it_was_found_at():
    places = {field.name: field.where for field in suggested(printed()).fields}

    assert places["number"] == "page 1, line 2, at 'invoice number'"
    assert places["gross"].startswith("page 1, line ")


def test_a_number_of_the_seller_is_told_apart_and_is_no_field():
    found = suggested(printed())

    assert "DE136695976" in found.seller_numbers
    assert all("DE136695976" not in field.value for field in found.fields)


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        ({"day": "03/04/2026"}, {"issue_date"}),
        ({"tax": "180,00"}, {"net", "tax"}),
        ({"gross": "9,00"}, {"net", "tax", "gross"}),
        ({"number": "pending"}, {"number"}),
    ],
)
def test_what_can_be_read_in_two_ways_or_does_not_add_up_is_not_suggested(told, lacking):
    assert not lacking & {*values(printed(**told))}


def test_a_scan_is_suggested_nothing_of():
    found = suggested(scanned())

    assert (found.fields, found.lines) == ((), ())
    assert found.why.startswith("E_PDF_NO_TEXT")


def locked():
    writer = PdfWriter(clone_from=BytesIO(printed()))
    writer.encrypt("secret")
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (locked, "E_PDF_ENCRYPTED"),
        (lambda: printed()[:400], "E_PDF_BROKEN"),
        (lambda: b"%PDF-1.7\nnothing", "E_PDF_BROKEN"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused_by_name(make, code):
    with pytest.raises(Refused, match=code):
        plain_pdf.read(make())


@pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not beside the repository")
def test_of_real_invoices_most_suggestions_are_right_and_hardly_one_is_wrong():
    """The e-invoice inside says what the page should; some samples have the page of another."""
    right = wrong = 0
    for path in sorted(CORPORA.glob("zugferd-corpus/ZUGFeRDv2/correct/**/*.pdf")):
        try:
            claim = hybrid_pdf.read(path.read_bytes())
            found = values(path.read_bytes())
        except Refused:
            continue
        if claim.number not in "".join(line.text for line in printed_lines(path.read_bytes())):
            continue
        truth = {
            "number": claim.number,
            "issue_date": claim.issue_date.isoformat(),
            "currency": claim.currency,
            "net": claim.net.text,
            "tax": claim.tax.text,
            "gross": claim.gross.text,
        }
        right += sum(found.get(name) == value for name, value in truth.items())
        wrong += sum(found.get(name, value) != value for name, value in truth.items())

    assert right > 100
    assert wrong <= right / 50
