"""Several returns at once: what one of them lacks keeps no other waiting."""

from datetime import date

from tests import make
from tests.soundness import broken
from tests.stages.filing.carrying import DECEMBER, filed, handed_in, two_payments
from tests.stages.settlement.month import claim, company, rows, run, settled
from tests.stages.settlement.test_withholding_abroad import paid_in_germany
from vendorops.tables import Filing, FilingReceipt

NEW_YEAR = date(2027, 1, 4)


def test_one_receipt_for_several_returns_is_refused_by_name_and_stops_no_other(opener):
    with opener()() as books:
        company(books)
        contract = paid_in_germany(books, "xa", fees_for="performance", artist="yes")
        claim(books, contract, ("1", "10000"), rate_e4=0)
    settled(opener)
    filed(opener, as_of=NEW_YEAR)
    detail = {"receipt": "DE-2026-0001"}
    make.reply(opener, "filing_submission", "qian.tax", detail=detail, as_of=NEW_YEAR)

    outcome = run("returns", opener, as_of=NEW_YEAR)

    assert len(outcome.refused) == 2
    assert all("E_FILING_RECEIPT_KNOWN: receipt DE-2026-0001" in why for _, why in outcome.refused)
    with opener(as_of=NEW_YEAR)() as books:
        assert sorted(row.status for row in rows(books, Filing)) == [
            "submitted",
            "written",
            "written",
        ]
        assert broken(books) == []


def test_two_offices_or_an_office_of_two_companies_may_give_one_receipt_number(opener):
    two_payments(opener)
    with opener()() as books:
        german = paid_in_germany(books, "xa", fees_for="performance", artist="yes")
        claim(books, german, ("1", "10000"), rate_e4=0)
        sister = make.legal_entity(
            books, "XB", party_id=make.party(books, "91310000MA1FL8XQ30").id
        )
        number = {"identifier_scheme": "xa_number", "identifier": "XA2"}
        person = make.party(books, number.pop("identifier"), kind="person", place="xa", **number)
        supplier = make.supplier(books, person, kind="freelancer")
        second = make.contract(
            books,
            supplier,
            program="freelance",
            place="de",
            currency="EUR",
            legal_entity_id=sister.id,
        )
        claim(books, second, ("1", "3000"), rate_e4=0)
    settled(opener)
    filed(opener)

    handed_in(opener, "2026-0001")

    with opener(as_of=DECEMBER)() as books:
        told = {(row.legal_entity_id, row.place): row.number for row in rows(books, FilingReceipt)}
        assert [*told.values()] == ["2026-0001"] * 3
        assert {row.status for row in rows(books, Filing)} == {"submitted"}
        assert broken(books) == []
