"""A document that payment needs holds payment when it ends, and a renewed one lets it go."""

from datetime import date

from tests import make
from tests.stages.settlement.month import claim, company, freelance, paid, run, settled, staffing
from vendorops.tables import ComplianceDocument, Payment, Supplier

ENDED = date(2026, 11, 9)
"""The first day on which the consent holds no longer; payment is made on a day after it."""


def test_an_ended_consent_holds_payment_until_a_renewed_one_is_verified(opener):
    with opener()() as books:
        company(books)
        contract = freelance(books, {"valid_to": ENDED})
        claim(books, contract, ("1", "2000"), rate_e4=0)
    settled(opener)
    run("watch", opener, as_of=ENDED)

    held = run("payment", opener, as_of=ENDED)

    ((_, reason),) = held.refused
    assert "holds no verified withholding_consent" in reason
    with opener(as_of=ENDED)() as books:
        assert make.only(books, ComplianceDocument).status == "expired"
        supplier = make.only(books, Supplier)
        newer = {"version": 2, "valid_from": ENDED, "valid_to": date(2027, 11, 9)}
        kind = "withholding_consent"
        make.compliance_document(books, supplier, kind=kind, status="verified", **newer)
    paid(opener, as_of=ENDED)

    with opener(as_of=ENDED)() as books:
        assert make.only(books, Payment).status == "sent"


def test_a_licence_that_stops_only_award_and_start_never_holds_money_owed(opener):
    with opener()() as books:
        company(books)
        contract = staffing(books)
        supplier = books.get(Supplier, contract.supplier_id)
        make.compliance_document(books, supplier, valid_to=ENDED, status="verified")
        claim(books, contract, ("40", "46.50"))
    settled(opener)
    run("watch", opener, as_of=ENDED)

    paid(opener, as_of=ENDED)

    with opener(as_of=ENDED)() as books:
        assert make.only(books, Payment).status == "sent"


def test_a_place_whose_law_is_not_written_settles_nothing_and_says_so(opener):
    with opener()() as books:
        company(books)
        contract = staffing(books, place="xb")
        claim(books, contract, ("40", "46.50"))

    ((_, reason),) = run("settlement", opener).refused

    assert "law knows no 'xb'" in reason
