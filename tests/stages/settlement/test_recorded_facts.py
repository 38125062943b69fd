"""What is recorded of payees for tax, and what the yearly form for the portal is made of."""

from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import OUR_NUMBER, claim, company, rows, run, settled
from tests.stages.settlement.test_withholding_abroad import NEW_YEAR, american, held, known
from vendorops.books.standing import NotProposable
from vendorops.documents.portal_files import iris_files
from vendorops.domain.refusal import Refused
from vendorops.paying.standing import Told, record
from vendorops.tables import Filing, Supplier, TaxStanding, Withholding


def test_what_the_irs_says_of_a_number_counts_from_its_day_and_ends_by_another_word(opener):
    with opener()() as books:
        company(books)
        contract = american(books)
        supplier = books.get(Supplier, contract.supplier_id)
        known(books, supplier, "us", tin="incorrect")
        assert known(books, supplier, "us", tin="incorrect").id
        assert len(rows(books, TaxStanding)) == 1
        claim(books, contract, ("1", "5000"), rate_e4=0)
    run("settlement", opener)
    assert held(opener) == [(500_000, 120_000)]

    with opener()() as books:
        supplier = make.only(books, Supplier)
        told = Told("us", "tin", "", date(2026, 11, 1), "new Form W-9")
        record(make.by(books, "qian.tax"), supplier, told)
    run("settlement", opener)

    with opener()() as books:
        open_rows = [row for row in rows(books, Withholding) if row.status == "computed"]
        assert [row.amount_minor for row in open_rows] == [0]
        assert broken(books) == []


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (
            Told("us", "moon", "yes", NEW_YEAR, "a notice"),
            "asks for no 'moon'; it asks for exempt",
        ),
        (Told("us", "tin", "maybe", NEW_YEAR, "a notice"), "cannot be 'maybe'; it is incorrect"),
        (Told("us", "tin", "incorrect", NEW_YEAR, " "), "say what shows"),
        (Told("moon", "tin", "incorrect", NEW_YEAR, "a notice"), "law knows no 'moon'"),
    ],
)
def test_facts_that_no_rule_asks_for_are_refused(opener, told, why):
    with opener()() as books:
        make.people(books)
        supplier = make.supplier(books)

        with pytest.raises(Refused, match=why):
            record(make.by(books, "qian.tax"), supplier, told)


def test_who_is_none_of_our_own_people_records_nothing(opener):
    with opener()() as books:
        make.people(books)
        supplier = make.supplier(books)
        make.signer(books, make.parties.party_of(books, supplier), "he.payee")
        told = Told("us", "tin", "incorrect", NEW_YEAR, "a notice")

        for who in ("he.payee", "nobody"):
            with pytest.raises(NotProposable, match=f"{who} holds no role with us"):
                record(make.by(books, who), supplier, told)
        assert rows(books, TaxStanding) == []


HEADER = (
    "Tax Year,Payer Taxpayer ID Number,Recipient TIN Type,Recipient Taxpayer ID Number,"
    "Recipient Last Name (Surname),Office Code,Box 4 - Federal income tax withheld,"
    "Box 1a - Nonemployee compensation"
)


def test_a_filed_year_becomes_a_file_for_the_portal_under_the_template_given(opener):
    with opener()() as books:
        company(books)
        claim(books, american(books, name="Jane Doe"), ("1", "5000"), rate_e4=0)
    settled(opener)
    run("filing", opener, as_of=NEW_YEAR)

    with opener(as_of=NEW_YEAR)() as books:
        told = iris_files(books, make.only(books, Filing), HEADER)

    (file,) = told.files
    assert file.name == "iris-1"
    assert file.text.splitlines() == [
        HEADER,
        f"2026,{OUR_NUMBER},SSN,536904399,Doe,,0.00,5000.00",
    ]
    assert told.left_empty == ("Office Code",)
    assert "account" in told.left_out
    assert "must be downloaded" in told.noted[0]
    with opener(as_of=NEW_YEAR)() as books, pytest.raises(Refused, match=r"boxes 1a, 1b"):
        iris_files(books, make.only(books, Filing), HEADER.replace("1a", "1"))
