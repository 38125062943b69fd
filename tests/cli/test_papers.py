"""Acceptance notes and statements of settlement say what the books of the month say."""

import json

import pytest

from tests.documents.contract_facts import squeezed
from vendorops.books import content_sha256
from vendorops.documents import pdf_facts
from vendorops.documents.attachments import terms_of

pytestmark = pytest.mark.usefixtures("month")


@pytest.fixture
def paper(run, tmp_path):
    """Return `paper(reference)`: what the command told, and the bytes it wrote."""

    def written(reference, *more):
        path = tmp_path / "paper.pdf"
        ran = run("document", "render", reference, "-o", path, "--json", *more)
        assert ran.code == 0, ran.err
        return ran.rows[0], path.read_bytes()

    return written


def test_a_statement_goes_from_gross_over_deductions_and_tax_to_what_is_paid(paper):
    told, pdf = paper("SET-2026-000002")

    said = squeezed(pdf_facts(pdf).text)
    assert told["template"] == "settlement-statement/all/2026-01-01"
    for figure in ("37,630.00", "8,520.00", "4,986.40", "24,123.60"):
        assert figure in said
    assert squeezed("All that was accepted of the work was claimed before.") in said
    assert "该工作已验收的部分此前已全部请款" in said
    assert squeezed("SAT Announcement 2018 No. 61, art. 8") in said


def test_the_content_that_was_approved_travels_inside_the_statement(paper, run):
    _, pdf = paper("SET-2026-000002")
    (tree,) = run("explain", "SET-2026-000002", "--json").rows

    terms = json.loads(terms_of(pdf))

    assert content_sha256(terms) == tree["content_sha256"]
    assert terms["payable_minor"] == 2_412_360


def test_value_added_tax_of_an_invoice_is_a_line_of_its_own(paper):
    _, pdf = paper("SET-2026-000001", "--languages", "en")

    said = squeezed(pdf_facts(pdf).text)
    assert squeezed("Value-added tax as invoiced on what is paid 1,900.17") in said
    assert all(figure in said for figure in ("37,254.47", "3,684.75", "33,569.72"))
    assert "增值税" not in said


def test_an_acceptance_note_says_what_was_accepted_rejected_by_whom_and_why(paper):
    told, pdf = paper("SES-2026-000001")

    said = squeezed(pdf_facts(pdf).text)
    assert told["template"] == "acceptance-note/all/2026-01-01"
    assert (
        squeezed("WRK-2026-000005 Invoices captured, second batch 件 unit 1275 1150 125") in said
    )
    assert squeezed("seen and in order, but for what is noted") in said
    assert "lin.buyer" in said


def test_rendering_a_paper_again_writes_the_same_bytes(paper):
    for reference in ("SET-2026-000002", "SES-2026-000001"):
        assert paper(reference) == paper(reference)


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("CON-2026-000001", "has no paper; give the reference of a service sheet"),
        ("SET-2026-000099", "SET-2026-000099"),
        ("SES-2026-000099", "SES-2026-000099"),
    ],
)
def test_a_reference_without_a_paper_is_refused_and_nothing_is_written(
    run, tmp_path, reference, told
):
    ran = run("document", "render", reference, "-o", tmp_path / "none.pdf")

    assert ran.code == 1
    assert told in ran.err
    assert not (tmp_path / "none.pdf").exists()


def test_a_language_nobody_speaks_is_refused_by_name(run, tmp_path):
    ran = run("document", "render", "SET-2026-000001", "-o", tmp_path / "x.pdf", "--languages=fr")

    assert ran.code == 1
    assert "cannot be set in 'fr'; choose from zh, en" in ran.err
