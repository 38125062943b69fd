import csv
import json
from io import StringIO

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.intake.claims import SELLER, known, statement
from tests.stages.intake.pdfs import printed, scanned
from vendorops.books import Answer, answer
from vendorops.books.entered_claims import EnteredWrong
from vendorops.domain.statement_mapping import StatementMapping
from vendorops.stages import sweep
from vendorops.stages.intake import receive
from vendorops.stages.intake.forms import claim_form, read_entered
from vendorops.stages.intake.mappings import BadMapping, save
from vendorops.stages.intake.reviewing import suggested
from vendorops.tables import Decision, Event, Invoice, ReceivedFile, Supplier

FINANCE = "zhao.finance"


@pytest.fixture
def of(opener):
    with opener()() as books:
        make.people(books)
        return known(books)


def took(opener, data, name, supplier=None):
    with opener()() as books:
        ident = receive(books, data, name, supplier).id
    sweep("intake", opener(), [ident])
    return ident


def asked(books):
    """Return the open question."""
    return books.session.exec(select(Decision).where(col(Decision.status) == "requested")).one()


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


OTHERS = {"quantity": "Qté", "price": "PU", "amount": "Montant", "description": "Prestation"}
"""Headings in a language whose words are not known."""


def french(of, **told):
    data = statement(of, **told).decode()
    head, _, rows = data.partition("\n")
    return (",".join(OTHERS.get(name, name) for name in head.split(",")) + "\n" + rows).encode()


def mapping(of, **changed):
    names = statement(of).decode().partition("\n")[0].split(",")
    meanings = {**{name: name for name in names}, **changed}
    return StatementMapping(tuple((OTHERS.get(name, name), meanings[name]) for name in names))


def test_a_statement_in_an_unknown_layout_is_booked_once_its_mapping_was_saved(opener, of):
    took(opener, french(of), "s.csv")
    with opener()() as books:
        assert "column 'Prestation' is not known" in asked(books).question

    with opener(actor=FINANCE)() as books:
        save(books, books.get(Supplier, of.supplier.id), mapping(of))
    assert sweep("intake", opener()).refused == []

    with opener()() as books:
        assert make.only(books, Invoice).net_minor == 199_950
        assert make.only(books, Decision).status == "void"
        reasons = books.session.exec(select(Event.reason).where(Event.after == "booked"))
        assert reasons.one().endswith("its columns read by MAP-2026-000001")


def test_the_next_statement_in_a_mapped_layout_is_booked_without_anybody(opener, of):
    with opener(actor=FINANCE)() as books:
        save(books, books.get(Supplier, of.supplier.id), mapping(of))

    took(opener, french(of, statement="S-11"), "s.csv")

    with opener()() as books:
        assert make.only(books, Invoice).number == "S-11"


def test_what_a_person_said_of_a_layout_goes_before_what_its_words_seem_to_say(opener, of):
    with opener(actor=FINANCE)() as books:
        names = statement(of).decode().partition("\n")[0].split(",")
        said_so = {"line": "note"}
        columns = tuple((name, said_so.get(name, name)) for name in names)
        save(books, books.get(Supplier, of.supplier.id), StatementMapping(columns))

    took(opener, statement(of, line="7"), "s.csv")

    with opener()() as books:
        invoice = make.only(books, Invoice)
        assert [line.number for line in make.lines_of(books, invoice)] == ["1", "2"]


def test_where_mappings_of_two_suppliers_differ_a_person_says_whose_file_it_is(opener, of):
    with opener(actor=FINANCE)() as books:
        other = make.supplier(books)
        save(books, books.get(Supplier, of.supplier.id), mapping(of))
        save(books, other, mapping(of, line="note"))
    data = french(of)
    took(opener, data, "s.csv")
    with opener()() as books:
        assert "say different things of this layout" in asked(books).question

    took(opener, data, "s.csv", of.supplier.id)

    with opener()() as books:
        assert make.only(books, Invoice).supplier_id == of.supplier.id


def test_a_file_taken_in_as_one_suppliers_is_not_booked_for_another(opener, of):
    with opener()() as books:
        other = make.supplier(books)
    with opener()() as books:
        ident = receive(books, statement(of), "s.csv", other.id).id

    ((_, sentence),) = sweep("intake", opener(), [ident]).refused

    assert "are those of" in sentence or "was taken in as a file of" in sentence


def test_a_mapping_is_dated_signed_and_the_same_one_again_is_the_same(opener, of):
    with opener(actor=FINANCE)() as books:
        supplier = books.get(Supplier, of.supplier.id)
        first = save(books, supplier, mapping(of))
        again = save(books, supplier, mapping(of))

        assert first.reference == again.reference == "MAP-2026-000001"
        assert (first.saved_by, first.valid_from) == (FINANCE, make.AS_OF)
        assert json.loads(first.columns)[6] == ["Prestation", "description"]
        assert save(books, supplier, mapping(of, line="note")).reference == "MAP-2026-000002"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"line": "number"}, "E_MAPPING_MEANING"),
        ({"line": "price"}, "E_MAPPING_TWICE"),
        ({"price": "ignored"}, "E_MAPPING_MISSING"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(opener, of, changed, code):
    with opener(actor=FINANCE)() as books, pytest.raises(BadMapping, match=code):
        save(books, books.get(Supplier, of.supplier.id), mapping(of, **changed))
