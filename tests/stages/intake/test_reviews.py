import csv
from io import StringIO

import pytest
from sqlmodel import select

from tests import make
from tests.stages.intake.asking import FINANCE, asked, took
from tests.stages.intake.claims import SELLER, known, statement
from tests.stages.intake.pdfs import printed, scanned
from vendorops.books import Answer, answer
from vendorops.books.entered_claims import EnteredWrong
from vendorops.stages import sweep
from vendorops.stages.intake.forms import claim_form, read_entered
from vendorops.stages.intake.reviewing import suggested
from vendorops.tables import Event, Invoice, ReceivedFile


@pytest.fixture
def of(opener):
    with opener()() as books:
        make.people(books)
        return known(books)


def form_of(opener, ident):
    """Return the form that a person gets, as what it says."""
    with opener()() as books:
        return claim_form(suggested(books, books.get(ReceivedFile, ident))[1])


def said(of, **changed):
    """What a person enters for all work of a contract."""
    lines = [
        {
            "description": item.description,
            "quantity": str(item.quantity_e4 / 10_000),
            "price": str(item.price_e6 / 1_000_000),
            "net": f"{item.quantity_e4 * item.price_e6 / 10**10:.2f}",
            "work": item.reference,
        }
        for item in of.items
    ]
    usual = {
        "number": "PAPER-1",
        "issue_date": "2026-10-31",
        "currency": "CNY",
        "supplier": of.supplier.reference,
        "contract": of.contract.reference,
        "net": "1999.50",
        "gross": "1999.50",
        "lines": lines,
    }
    return usual | changed


def enter(opener, claim, verdict="approve", who=FINANCE):
    with opener(actor=who)() as books:
        detail = {"claim": claim} if claim else {}
        answer(books, Answer(asked(books).reference, verdict, "read from the paper", detail))


def test_a_plain_pdf_waits_for_finance_and_books_exactly_what_a_person_entered(opener, of):
    ident = took(opener, printed(seller=SELLER), "paper.pdf")
    with opener()() as books:
        question = asked(books)
        assert (question.role, question.kind) == ("finance", "claim_review")
        assert "number 4711/26" in question.question
        assert f"supplier {of.supplier.reference}" in question.question
        assert SELLER not in question.question
        assert not books.session.exec(select(Invoice)).all()
    assert sweep("intake", opener()).advanced == []

    enter(opener, said(of))
    sweep("intake", opener())

    with opener()() as books:
        invoice = make.only(books, Invoice)
        assert (invoice.received_file_id, invoice.format) == (ident, "plain_pdf")
        assert (invoice.number, invoice.gross_minor) == ("PAPER-1", 199_950)
        assert [line.work_item_id for line in make.lines_of(books, invoice)] == [
            item.id for item in of.items
        ]
        reasons = books.session.exec(select(Event.reason).where(Event.after == "booked"))
        assert f"entered by {FINANCE} in DEC-2026-000001" in reasons.one()


def test_a_scan_waits_in_the_same_way_without_any_suggestion(opener, of):
    took(opener, scanned(), "scan.pdf")

    with opener()() as books:
        assert "Suggested: nothing" in asked(books).question
    enter(opener, said(of))
    sweep("intake", opener())

    with opener()() as books:
        assert make.only(books, Invoice).number == "PAPER-1"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"net": "1999.51", "gross": "1999.51"}, "the lines add up to 1999.50 CNY, but net is"),
        ({"tax": "1.00"}, "net and tax make 2000.50 CNY, but gross is 1999.50 CNY"),
        ({"issue_date": "31.10.2026"}, "issue_date: is not a day"),
        ({"lines": []}, "lines: Tuple should have at least 1 item"),
        ({"iban": "DE00"}, "iban: Extra inputs are not permitted"),
        (None, "asks what the file claims"),
    ],
)
def test_an_answer_that_is_incomplete_or_does_not_add_up_is_refused(opener, of, changed, why):
    took(opener, printed(), "paper.pdf")

    with pytest.raises(EnteredWrong, match=why):
        enter(opener, said(of, **changed) if changed else None)


def test_a_rejected_file_is_never_booked_and_says_who_rejected_it(opener, of):
    ident = took(opener, printed(), "advert.pdf")
    enter(opener, None, "reject")

    ((_, sentence),) = sweep("intake", opener()).refused

    assert sentence == "rejected in DEC-2026-000001: read from the paper"
    with opener()() as books:
        assert books.get(ReceivedFile, ident).status == "rejected"
        assert of.contract.id


def test_an_entered_claim_that_does_not_fit_the_books_waits_and_may_be_corrected(opener, of):
    took(opener, printed(), "paper.pdf")
    enter(opener, said(of, contract="CON-2026-000099"))

    ((_, sentence),) = sweep("intake", opener()).refused

    assert "has no contract 'CON-2026-000099'" in sentence
    with opener()() as books:
        assert make.only(books, ReceivedFile).status == "in_review"


def headless(of):
    """A statement that names neither its number nor whose it is."""
    text = StringIO()
    rows = [*csv.DictReader(StringIO(statement(of).decode()))]
    left = [name for name in rows[0] if name not in ("statement", "seller id")]
    writer = csv.DictWriter(text, left, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_the_form_of_a_statement_holds_its_lines_and_lacks_only_what_it_does_not_say(opener, of):
    ident = took(opener, headless(of), "s.csv")
    form = form_of(opener, ident).replace('number: ""', 'number: "S-1"')
    form = form.replace('supplier: ""', f'supplier: "{of.supplier.reference}"')
    form = form.replace('kind: "invoice"', 'kind: "statement"').replace(
        'net: ""', 'net: "1999.50"'
    )
    form = form.replace('gross: ""', 'gross: "1999.50"')

    enter(opener, read_entered(form.encode()).model_dump(mode="json"))
    sweep("intake", opener())

    with opener()() as books:
        invoice = make.only(books, Invoice)
        assert (invoice.number, invoice.kind, invoice.net_minor) == ("S-1", "statement", 199_950)
