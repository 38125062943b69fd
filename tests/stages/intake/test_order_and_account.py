"""The order a claim names leads to its contract; the account it names leads nowhere."""

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.intake.claims import known, paper, written
from tests.stages.intake.test_sources import booked
from vendorops.books.vault import blind_index
from vendorops.domain.paper import PaymentMeans
from vendorops.stages.intake.resolving import NotBookable
from vendorops.tables import BankAccount, CheckFinding, Party

UNPROVED = pytest.mark.breaks("S08")
"""The maker's account is in use without the calls and days that prove one."""
OURS = "6222020200012345678"
OTHER = "6222020200099990001"


def ordered(of, *, contract: bool, order: str, name="ubl"):
    named = of.contract.reference if contract else ""
    return written(name, paper(of, contract_reference=named, order_reference=order))


@pytest.mark.parametrize("name", ["ubl", "cii"])
def test_a_claim_that_names_only_its_order_is_made_under_the_contract_of_that(opener, name):
    with opener()() as books:
        of = known(books)
        order = make.work_order(books, of.contract)

        claim = booked(books, ordered(of, contract=False, order=order.reference, name=name))

        assert claim.contract_id == of.contract.id


def test_an_order_of_another_contract_than_the_one_named_is_refused(opener):
    with opener()() as books:
        of = known(books)
        other = make.contract(books, of.supplier, program="bpo")
        order = make.work_order(books, other)

        with pytest.raises(NotBookable, match=f"are of {other.reference}; ask for one claim"):
            booked(books, ordered(of, contract=True, order=order.reference))


def test_the_order_of_another_supplier_is_as_unknown_as_none(opener):
    with opener()() as books:
        of = known(books)
        theirs = make.work_order(books, make.contract(books))

        with pytest.raises(NotBookable, match=r"nor an order of ours \(BT-13\)"):
            booked(books, ordered(of, contract=False, order=theirs.reference))


def test_an_order_nobody_knows_is_a_finding_where_the_contract_is_named(opener):
    with opener()() as books:
        claim = booked(books, ordered(known(books), contract=True, order="4711"))

        found = make.only(books, CheckFinding, subject_id=claim.id)
        assert (found.code, found.level) == ("order-unknown", "warning")
        assert "has no order '4711'" in found.message


def claimed_to(books, number, *, approved=True):
    """Book a claim that asks to be paid to a number; return what was found on it."""
    of = known(books)
    party = books.get(Party, of.supplier.party_id)
    if approved:
        index = blind_index(books, OURS, "cn_account")
        make.bank_account(books, party, OURS, number_index=index)
    means = PaymentMeans("30", account=number)
    claim = booked(books, written("ubl", paper(of, means=means)))
    return list(
        books.session.exec(select(CheckFinding).where(col(CheckFinding.subject_id) == claim.id))
    )


@UNPROVED
def test_the_approved_account_is_known_however_it_is_spaced(opener):
    with opener()() as books:
        assert claimed_to(books, "6222 0202 0001 2345 678") == []


@UNPROVED
def test_another_account_is_a_finding_that_shows_its_tail_alone_and_changes_nothing(opener):
    with opener()() as books:
        (found,) = claimed_to(books, OTHER)

        assert (found.code, found.level) == ("other-account", "warning")
        assert "••••0001" in found.message
        assert "••••5678" in found.message
        assert OTHER not in found.message
        account = make.only(books, BankAccount)
        assert (account.status, account.number_masked) == ("active", "••••5678")


def test_an_account_of_a_supplier_that_has_none_is_a_finding_as_well(opener):
    with opener()() as books:
        (found,) = claimed_to(books, OTHER, approved=False)

        assert "none so far" in found.message
        assert make.rows_of(books, BankAccount) == []
