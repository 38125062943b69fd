"""Suspension stops new work and never money that is owed already."""

from datetime import date

import pytest

from tests import make
from tests.stages.acceptance.sheets import line, sheet
from tests.stages.settlement.month import claim, company, paid, run, settled, staffing
from vendorops.books.standing import propose_change
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.domain.refusal import Refused
from vendorops.stages.acceptance import submit
from vendorops.tables import Contract, Payment, Settlement, Supplier

SUSPENDED = date(2026, 11, 4)


def suspend(opener) -> None:
    with opener(actor="lin.buyer", as_of=SUSPENDED)() as books:
        supplier = make.only(books, Supplier)
        propose_change(books, supplier, SupplierStatus.SUSPENDED, "its people were not paid")
    run("suppliers", opener, as_of=SUSPENDED)
    make.reply(opener, "supplier_change", "wang.approver", as_of=SUSPENDED)
    run("suppliers", opener, as_of=SUSPENDED)


@pytest.fixture
def working(opener):
    """A staffing agency with October's work accepted, claimed and matched."""
    with opener()() as books:
        company(books)
        contract = staffing(books)
        supplier = make.only(books, Supplier)
        make.licensed(books, supplier, "staffing")
        make.signer(books, make.parties.party_of(books, supplier))
        claim(books, contract, ("40", "46.50"))
        return contract.reference


@pytest.mark.usefixtures("working")
def test_accepted_work_of_a_suspended_supplier_is_settled_and_paid(opener):
    suspend(opener)

    settled(opener)
    paid(opener)

    with opener()() as books:
        assert make.only(books, Supplier).status == "suspended"
        assert make.only(books, Settlement).status == "sealed"
        payment = make.only(books, Payment)
        assert (payment.status, payment.amount_minor) == ("sent", 197_160)


@pytest.mark.usefixtures("working")
def test_a_supplier_suspended_between_settlement_and_payment_is_paid(opener):
    settled(opener)
    suspend(opener)

    paid(opener)

    with opener()() as books:
        assert make.only(books, Payment).status == "sent"


def test_work_until_the_suspension_is_taken_and_work_after_it_refused_by_name(opener, working):
    suspend(opener)

    with opener(as_of=date(2026, 11, 30))() as books:
        contract = books.named(Contract, working)
        on_the_day = line(performed_on="2026-11-04")
        after = line(performed_on="2026-11-05")
        with pytest.raises(
            Refused,
            match="line 2: SUP-2026-000001 was stopped on 2026-11-04 and may not work after it, "
            "as on 2026-11-05; only work done until then is paid",
        ):
            submit(books, sheet(contract, on_the_day, after, month="2026-11"))

        assert submit(books, sheet(contract, on_the_day, month="2026-11")).status == "submitted"
