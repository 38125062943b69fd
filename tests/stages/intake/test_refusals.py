from hashlib import sha256
from typing import Any

import pytest
from sqlmodel import select

from tests import make
from tests.stages.intake.claims import SELLER, Known, known, line, paper, statement, written
from vendorops.books.log import hashed
from vendorops.domain.paper import PaperParty
from vendorops.stages import sweep
from vendorops.stages.intake import receive
from vendorops.tables import Event, Invoice, InvoiceLine, ReceivedFile, Refusal, Series

STRANGER = PaperParty("Nobody Ltd", "CN", "91310000000000000C", "91310000000000000C")

FULLWIDTH = "HX-2026-10".translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
"""As Chinese input methods write it."""


def refused(opener, data, name="claim"):
    """Let a file arrive, run the stage, and return the one sentence with which it was refused."""
    with opener()() as books:
        ident = receive(books, data, name).id
    ((_, sentence),) = sweep("intake", opener(), [ident]).refused
    return sentence


def ubl(of: Known, **told) -> bytes:
    return written("ubl", paper(of, **told))


def nothing_is_booked(opener, status):
    """Tell whether a refusal is kept, and left nothing behind but the file in that status."""
    with opener()() as books:
        file = make.only(books, ReceivedFile)
        refusal = make.only(books, Refusal, subject_id=file.id)
        taken = {row.prefix for row in books.session.exec(select(Series))}
        return (
            file.status == status
            and refusal.resolved_on is None
            and not books.session.exec(select(Invoice)).all()
            and not books.session.exec(select(InvoiceLine)).all()
            and "INV" not in taken
        )


NOT_YET: dict[str, dict[str, Any]] = {
    "no supplier has a number of the seller 'Nobody Ltd'": {"seller": STRANGER},
    "SUP-2026-000001 has no contract 'CON-2026-000099'": {"contract_reference": "CON-2026-000099"},
    "neither its contract (BT-12) nor an order of ours (BT-13)": {"contract_reference": ""},
    "the claim is in EUR, but contract CON-2026-000001 is in CNY": {"currency": "EUR"},
    "the number (BT-1) has neither letters nor digits": {"number": "---"},
}


@pytest.mark.parametrize("sentence", NOT_YET)
def test_a_claim_that_does_not_fit_the_books_waits_with_its_reason(opener, sentence):
    with opener()() as books:
        data = ubl(known(books), **NOT_YET[sentence])

    assert sentence in refused(opener, data)
    assert nothing_is_booked(opener, "received")


@pytest.mark.parametrize("status", ["draft", "approved", "sent", "rejected"])
def test_a_claim_under_a_contract_nobody_signed_waits(opener, status):
    with opener()() as books:
        data = ubl(known(books, status=status))

    assert f"contract CON-2026-000001 is {status}; have it signed" in refused(opener, data)
    assert nothing_is_booked(opener, "received")


def test_another_suppliers_contract_is_as_unknown_as_none(opener):
    with opener()() as books:
        theirs = make.contract(books)
        data = ubl(known(books), contract_reference=theirs.reference)

    assert f"has no contract '{theirs.reference}'" in refused(opener, data)


def test_a_statement_under_a_reference_of_no_supplier_is_refused_with_that_reference(opener):
    with opener()() as books:
        data = statement(known(books), **{"seller id": "SUP-2026-999999"})

    assert "a number of the seller 'SUP-2026-999999'" in refused(opener, data, "claim.csv")


def test_a_seller_with_the_numbers_of_two_suppliers_is_refused(opener):
    with opener()() as books:
        other = make.supplier(books).reference
        of = known(books)
        seller = PaperParty("Two in one", "CN", other, SELLER)
        data = ubl(of, seller=seller)

    assert f"are those of {other}, {of.supplier.reference}" in refused(opener, data)


@pytest.mark.parametrize("again", ["HX-2026-10", "hx 2026/10", FULLWIDTH])
def test_a_number_used_before_is_refused_however_it_is_spelt(opener, again):
    with opener()() as books:
        of = known(books)
        receive(books, ubl(of), "first")
    sweep("intake", opener())

    sentence = refused(opener, ubl(of, number=again, lines=(line(of.items[1]),)))

    assert "has claimed under the number" in sentence
    assert "INV-2026-000001" in sentence
    with opener()() as books:
        assert make.only(books, Invoice).number == "HX-2026-10"


def test_the_same_invoice_in_another_format_is_refused_as_a_duplicate(opener):
    with opener()() as books:
        of = known(books)
        receive(books, ubl(of), "a.xml")
    sweep("intake", opener())

    assert "before: INV-2026-000001" in refused(opener, written("cii", paper(of)))


def test_the_number_of_a_rejected_claim_may_be_used_again(opener):
    with opener()() as books:
        of = known(books)
        make.invoice(books, of.contract, number_normalised="HX202610", status="rejected")
        receive(books, ubl(of), "a.xml")

    assert sweep("intake", opener()).refused == []


def altered(old: bytes, new: bytes):
    def write(of: Known) -> bytes:
        data = ubl(of)
        assert old in data
        return data.replace(old, new)

    return write


FOR_GOOD = {
    "the file is in no format that we read": lambda _: b"Dear Sirs, please pay.",
    "is not well-formed XML": altered(b"</Invoice>", b""),
    "/Invoice: BR-CO-15 of en16931 1.3.16: ": altered(b"2119.47", b"2119.48"),
    "BR-S-08 of en16931 1.3.16: ": altered(b">1860.00<", b">1850.00<"),
    " of the file: schema of ubl-schema 2.1: Element 'Note'": altered(
        b"</cac:InvoiceLine>", b"<cbc:Note>x</cbc:Note></cac:InvoiceLine>"
    ),
    "what is left to pay (BT-115) is 2000.00 CNY": altered(
        b'<cbc:PayableAmount currencyID="CNY">2119.47',
        b'<cbc:PrepaidAmount currencyID="CNY">119.47</cbc:PrepaidAmount>'
        b'<cbc:PayableAmount currencyID="CNY">2000.00',
    ),
    "row 2, column quantity: 'many' is not a plain decimal": lambda of: statement(
        of, quantity="many"
    ),
    "row 2: 40 x 46.50 is 1860.00 CNY": lambda of: statement(of, amount="1860.01"),
}


def test_an_invoice_with_a_document_type_is_set_aside_unread(opener):
    with opener()() as books:
        data = altered(b"<Invoice", b"<!DOCTYPE Invoice><Invoice")(known(books))

    assert "starts with a DOCTYPE" in refused(opener, data)
    assert nothing_is_booked(opener, "quarantined")


@pytest.mark.parametrize("sentence", FOR_GOOD)
def test_a_file_that_can_never_be_booked_is_rejected_with_its_reason(opener, sentence):
    with opener()() as books:
        data = FOR_GOOD[sentence](known(books))

    assert sentence in refused(opener, data)
    assert nothing_is_booked(opener, "rejected")


def test_a_file_that_broke_a_limit_of_its_reader_is_quarantined(opener):
    with opener()() as books:
        of = known(books)
        header, row, _ = statement(of, description="\N{FACE WITH TEARS OF JOY}" * 3900).split(
            b"\n", 2
        )
        data = b"\n".join([header, *[row] * 1200])

    assert "answer-limit" in refused(opener, data, "claim.csv")
    assert nothing_is_booked(opener, "quarantined")


@pytest.mark.parametrize("name", ["ubl", "cii"])
def test_a_file_with_a_document_type_is_quarantined_by_its_hash(opener, name):
    with opener()() as books:
        data = written(name, paper(known(books))).replace(b"?>", b"?><!DOCTYPE x>", 1)

    assert "starts with a DOCTYPE" in refused(opener, data)
    assert nothing_is_booked(opener, "quarantined")
    with opener()() as books:
        assert make.only(books, ReceivedFile).sha256 == sha256(data).hexdigest()


def test_a_rejected_file_is_not_read_again_but_says_why_when_asked(opener):
    first = refused(opener, b"no invoice")

    assert sweep("intake", opener()).refused == []
    assert refused(opener, b"no invoice") == first


def test_a_refusal_lost_between_two_steps_is_told_by_the_next_run(opener):
    with opener()() as books:
        make.received_file(books, status="rejected")

    assert sweep("intake", opener()).refused == [("FIL-2026-000001", "as the test wants it")]
    assert sweep("intake", opener()).refused == []


def test_no_refusal_and_no_history_shows_a_registration_number(opener):
    with opener()() as books:
        data = ubl(known(books, number=""))
    sentence = refused(opener, data)

    with opener()() as books:
        history = [str(hashed(event.model_dump())) for event in books.session.exec(select(Event))]

    assert SELLER not in sentence
    assert all(SELLER not in told for told in history)
