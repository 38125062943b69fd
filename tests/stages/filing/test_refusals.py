"""Returns that are refused: named, with nothing half-done."""

import pytest
from sqlalchemy import text

from tests import make
from tests.soundness import broken
from tests.stages.filing.carrying import DECEMBER, one_more, prepared, two_payments
from tests.stages.settlement.month import IDENTITY, claim, rows, run, settled
from vendorops.tables import Filing, FilingLine, Refusal, Withholding


@pytest.fixture(autouse=True)
def withheld(opener):
    two_payments(opener)


def altered(opener, statement):
    """Change the books behind their back."""
    with opener()() as books:
        books.session.connection().execute(text(statement))


def refused(opener):
    run("filing", opener, as_of=DECEMBER)
    run("returns", opener, as_of=DECEMBER)
    with opener(as_of=DECEMBER)() as books:
        return [row.reason for row in rows(books, Refusal)], len(rows(books, Filing))


@pytest.mark.breaks("M10", "F7", "S17")
def test_a_return_that_is_a_cent_off_the_ledger_is_never_prepared(opener):
    altered(opener, "UPDATE withholding SET amount_minor = amount_minor + 1 WHERE id = "
                    "(SELECT min(id) FROM withholding)")  # fmt: skip

    (why,), filings = refused(opener)

    assert filings == 0
    assert why.startswith("E_FILING_LEDGER: cn.iit.withholding for 2026-11 would declare 960.01")
    assert "the ledger has 960.00 CNY" in why
    assert "SET-2026-000001 (cn.iit.labor_remuneration)" in why


@pytest.mark.breaks("M10", "F7", "M130", "M21", "F2", "S17")
def test_a_return_that_differs_once_it_is_prepared_goes_no_further(opener):
    run("filing", opener, as_of=DECEMBER)
    altered(opener, "UPDATE withholding SET amount_minor = amount_minor + 1")

    (why,), filings = refused(opener)

    assert (filings, why.split(":")[0]) == (1, "E_FILING_LEDGER")
    with opener(as_of=DECEMBER)() as books:
        assert make.only(books, Filing).status == "prepared"


def test_a_payee_without_a_number_is_named_and_nobody_is_declared(opener):
    altered(opener, "DELETE FROM vaultentry WHERE subject_table = 'party' AND subject_id = "
                    "(SELECT min(party_id) FROM withholding)")  # fmt: skip

    (why,), filings = refused(opener)

    assert filings == 0
    assert why.startswith("E_FILING_UNIDENTIFIED: SUP-2026-000001 have no identity number")


def test_one_person_in_two_registrations_is_named_by_them_and_never_by_the_number(opener):
    with opener()() as books:
        again = make.party(
            books, IDENTITY.lower(), kind="person", name="王晓明", identifier_scheme="xa_number"
        )
        supplier = make.supplier(books, again, kind="freelancer")
        make.bank_account(books, again, "6222020200012345679")
        agreed = {"kind": "withholding_consent", "status": "verified"}
        make.compliance_document(books, supplier, **agreed)
        contract = make.contract(books, supplier, program="freelance")
        claim(books, contract, ("1", "3000"), rate_e4=0)
    settled(opener)

    (why,), filings = refused(opener)

    assert filings == 0
    assert why.startswith("E_FILING_PAYEE_TWICE: SUP-2026-000001 and SUP-2026-000002")
    assert IDENTITY not in why.upper()
    with opener(as_of=DECEMBER)() as books:
        assert rows(books, FilingLine) == []
        assert {row.filing_id for row in rows(books, Withholding)} == {None}
        assert broken(books) == []


def test_a_refused_return_is_prepared_once_the_reason_is_gone(opener):
    altered(opener, "UPDATE withholding SET amount_minor = amount_minor + 1")
    refused(opener)
    altered(opener, "UPDATE withholding SET amount_minor = amount_minor - 1")

    one_more(opener)
    prepared(opener)

    with opener(as_of=DECEMBER)() as books:
        assert make.only(books, Filing).status == "checked"
        assert [row.resolved_on for row in rows(books, Refusal)] == [DECEMBER]
        assert broken(books) == []
