"""Credit notes and red-letter invoices are tied to what they take back."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from tests import make
from tests.formats.foreign import RED, SOURCE
from tests.stages.intake.claims import known, line, paper, written
from vendorops.books import log
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.paper import Preceding
from vendorops.formats import format_of
from vendorops.stages.intake import receive
from vendorops.stages.intake.booking import book
from vendorops.stages.intake.sources import SourceExceeded, SourceUnfit, SourceUnknown
from vendorops.tables import CheckFinding, InvoiceSource
from vendorops.tracing import broken, explain
from vendorops.tracing import written as told


def booked(books, data: bytes):
    """Book a file at once, without the child that reads it in real runs."""
    file = receive(books, data, "claim")
    log.lock(books.session)
    return book(books, file, format_of(data, "claim").read(data))


def invoice(books, of, **changed):
    """An invoice over 2119.47, of which credits may be taken."""
    return booked(books, written("ubl", paper(of, **changed)))


def credit(of, *numbers, name="ubl", **changed):
    """A credit note over all work of the contract, 2119.47, that names invoices."""
    said = {
        "number": "CN-1",
        "type_code": "381",
        "preceding": tuple(Preceding(number, date(2026, 10, 31)) for number in numbers),
    }
    return written(name, paper(of, **(said | changed)))


def half(of):
    """Lines of 46.50 an hour for 20 hours: 930.00, with tax 985.80."""
    return (line(of.items[0], quantity_e4=200_000),)


def ties(books):
    rows = books.session.exec(select(InvoiceSource).order_by(col(InvoiceSource.id)))
    return [(row.invoice_id, row.source_id, row.credited_minor) for row in rows]


@pytest.mark.parametrize("name", ["ubl", "cii"])
def test_a_credit_note_is_tied_to_the_invoice_it_names_however_it_is_spelt(opener, name):
    with opener()() as books:
        of = known(books)
        source = invoice(books, of)

        note = booked(books, credit(of, "hx 2026/10", name=name))

        assert ties(books) == [(note.id, source.id, 211_947)]
        tree = explain(books, note.reference)
        assert not broken(tree)
        assert f"{source.reference}  takes back  2119.47 CNY" in "\n".join(told(tree))
        assert f"{note.reference}  taken back by  2119.47 CNY" in "\n".join(
            told(explain(books, source.reference))
        )


def test_a_red_letter_invoice_is_tied_by_the_number_in_its_remark(opener):
    with opener()() as books:
        of = known(books)
        source = invoice(books, of, number=SOURCE)

        red = booked(books, RED.replace("订单号:WO-2026-000001", "").encode())

        assert (red.kind, red.gross_minor) == ("credit_note", -211_947)
        assert ties(books) == [(red.id, source.id, 211_947)]


def test_what_is_taken_back_is_spread_over_sources_in_the_order_they_are_named(opener):
    with opener()() as books:
        of = known(books)
        first = invoice(books, of, number="A", lines=half(of))
        second = invoice(books, of, number="B")

        note = booked(books, credit(of, "A", "B", "a"))

        assert ties(books) == [
            (note.id, first.id, 98_580),
            (note.id, second.id, 211_947 - 98_580),
        ]


def test_more_than_is_left_of_the_source_is_refused_until_the_earlier_credit_is_rejected(opener):
    with opener()() as books:
        of = known(books)
        source = invoice(books, of)
        earlier = booked(books, credit(of, "HX-2026-10", lines=half(of)))
        again = credit(of, "HX-2026-10", number="CN-2")

        with pytest.raises(
            SourceExceeded, match=rf"back 2119\.47 CNY, but only 1133\.67 .* {source.reference}"
        ):
            booked(books, again)
        books.move(earlier, InvoiceStatus.REJECTED, because="sent by mistake")
        assert booked(books, again).gross_minor == -211_947


def test_a_source_that_is_not_in_the_books_is_refused_by_its_number(opener):
    with opener()() as books:
        of = known(books)
        other = make.contract(books)
        make.invoice(books, other, number="X-9", number_normalised="X9")
        theirs = books.get(type(of.supplier), other.supplier_id).reference

        with pytest.raises(SourceUnknown, match=rf"'X-9' \(BT-25\), .* \({theirs} has one"):
            booked(books, credit(of, "X-9"))


UNFIT: dict[str, dict[str, Any]] = {
    "was rejected": {"status": "rejected"},
    "is in EUR, but the claim is in CNY": {"currency": "EUR"},
    "claims nothing itself": {"net_minor": -5, "tax_minor": 0, "gross_minor": -5},
}


@pytest.mark.parametrize("sentence", UNFIT)
def test_an_invoice_of_which_nothing_can_be_taken_back_is_refused(opener, sentence):
    with opener()() as books:
        of = known(books)
        make.invoice(books, of.contract, number="X-9", number_normalised="X9", **UNFIT[sentence])

        with pytest.raises(SourceUnfit, match=sentence):
            booked(books, credit(of, "X-9"))


def test_a_credit_note_without_a_contract_belongs_to_that_of_its_source(opener):
    with opener()() as books:
        of = known(books)
        invoice(books, of)

        note = booked(books, credit(of, "HX-2026-10", contract_reference=""))

        assert note.contract_id == of.contract.id


def test_a_credit_note_that_names_nothing_is_booked_with_a_finding(opener):
    with opener()() as books:
        note = booked(books, credit(known(books)))

        found = make.only(books, CheckFinding, subject_id=note.id)
        assert (found.code, found.level) == ("no-source", "warning")
        assert "no-source  finding" in "\n".join(told(explain(books, note.reference)))


def test_a_correction_that_claims_is_tied_and_takes_nothing_back(opener):
    with opener()() as books:
        of = known(books)
        source = invoice(books, of)
        names = (Preceding("HX-2026-10", date(2026, 10, 31)), Preceding("Y", date(2026, 10, 1)))

        again = invoice(books, of, number="HX-2", type_code="384", preceding=names)

        assert ties(books) == [(again.id, source.id, 0)]
        assert make.only(books, CheckFinding, subject_id=again.id).code == "source-unknown"
