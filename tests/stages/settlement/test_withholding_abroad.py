"""What is kept back from payees in the United States, and the yearly return of all of them."""

from datetime import date

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import claim, company, rows, run, settled
from vendorops.documents import kept
from vendorops.tables import CheckFinding, Contract, Filing, Withholding

NEW_YEAR = date(2027, 1, 4)


def american(books, **changed):
    """A contract in the United States with a person who lives there."""
    number = {"identifier_scheme": "us_ssn", "identifier": "536-90-4399"}
    party = {"kind": "person", "place": "us", **number, **changed}
    person = make.party(books, party.pop("identifier"), **party)
    supplier = make.supplier(books, person, kind="freelancer")
    return make.contract(books, supplier, program="freelance", place="us", currency="USD")


def held(opener):
    with opener()() as books:
        return [(row.base_minor, row.amount_minor) for row in rows(books, Withholding)]


def test_nothing_is_kept_back_from_who_gave_a_taxpayer_number_but_it_is_remembered(opener):
    with opener()() as books:
        company(books)
        claim(books, american(books), ("1", "5000"), rate_e4=0)

    settled(opener)

    assert held(opener) == [(0, 0)]
    with opener()() as books:
        assert broken(books) == []


def test_the_payment_that_reaches_the_threshold_of_the_year_is_taxed_whole(opener):
    with opener()() as books:
        company(books)
        contract = american(books, identifier_scheme="xa_number", identifier="XA1")
        claim(books, contract, ("1", "1500"), rate_e4=0)
    settled(opener)
    with opener()() as books:
        claim(books, books.get(Contract, contract.id), ("1", "700"), rate_e4=0)

    settled(opener)

    assert held(opener) == [(0, 0), (70_000, 16_800)]
    with opener()() as books:
        assert broken(books) == []


def test_a_payee_from_abroad_is_paid_whole_with_a_warning(opener):
    with opener()() as books:
        company(books)
        foreign = {"place": "xa", "identifier_scheme": "xa_number", "identifier": "XA1"}
        claim(books, american(books, **foreign), ("1", "5000"), rate_e4=0)

    run("settlement", opener)

    assert held(opener) == [(0, 0)]
    with opener()() as books:
        finding = make.only(books, CheckFinding, subject_table="settlement")
        assert "1042-S" in finding.message


def test_the_year_is_reported_once_after_it_is_over(opener):
    with opener()() as books:
        company(books)
        contract = american(books, identifier_scheme="xa_number", identifier="XA1")
        claim(books, contract, ("1", "7500"), rate_e4=0)
    settled(opener)

    run("filing", opener, as_of=date(2026, 12, 15))
    with opener()() as books:
        assert rows(books, Filing) == []
    run("filing", opener, as_of=NEW_YEAR)

    with opener(as_of=NEW_YEAR)() as books:
        filing = make.only(books, Filing)
        assert (filing.form, filing.month, filing.due_on) == (
            "us.1099nec",
            "2026-12",
            date(2027, 2, 1),
        )
        lines = kept(books, filing.file_sha256).decode().splitlines()
        assert lines[0].endswith("identity,box_1a,box_4")
        assert lines[1].endswith(",7500.00,1800.00")
        assert len(lines) == 3
        assert broken(books) == []
