"""An approval runs out on its day: nothing new is agreed or done, and what is owed is paid."""

from datetime import date

import pytest

from tests import make
from tests.stages.acceptance.sheets import line, sheet
from tests.stages.onboarding.applying import counted, load, run, sample
from tests.stages.onboarding.applying import hand_in as apply
from tests.stages.settlement.month import claim, company, paid, settled, staffing
from tests.stages.settlement.month import run as month_run
from tests.stages.watch.licences import approved, day_before
from vendorops.domain.refusal import Refused
from vendorops.stages.acceptance import submit
from vendorops.tables import Contract, Payment, Qualification, Supplier

ENDED = date(2026, 11, 9)
"""First day on which the approvals of these tests no longer hold."""


def status(opener) -> str:
    with opener()() as books:
        return make.only(books, Qualification).status


def ends(opener, day=ENDED) -> None:
    with opener()() as books:
        make.only(books, Qualification).valid_to = day


def test_an_approval_holds_on_its_last_day_and_has_run_out_on_the_next(opener):
    approved(opener, "rpo")
    ends(opener)

    assert run(opener, "qualifications", as_of=day_before(ENDED)).advanced == []
    assert status(opener) == "approved"
    assert run(opener, "qualifications", as_of=ENDED).advanced == ["QUA-2026-000001"]

    assert status(opener) == "expired"
    before = counted(opener)
    assert run(opener, "qualifications", as_of=ENDED).advanced == []
    assert counted(opener) == before


def test_an_approval_without_an_end_never_runs_out(opener):
    with opener()() as books:
        make.qualification(books)

    assert run(opener, "qualifications", as_of=date(2036, 1, 1)).advanced == []


def test_no_contract_is_drafted_on_an_approval_that_ran_out_before_that_is_noted(opener):
    approved(opener, "rpo")
    ends(opener)

    ((_, reason),) = run(opener, "contracting", as_of=ENDED).refused

    assert "QUA-2026-000001 held until 2026-11-09 only: nothing new is agreed" in reason
    assert run(opener, "contracting", as_of=day_before(ENDED)).refused == []


@pytest.mark.parametrize("noted", [True, False])
def test_no_contract_goes_a_step_further_on_an_approval_that_ran_out(opener, noted):
    approved(opener, "rpo")
    run(opener, "contracting")
    run(opener, "signing")
    make.reply(opener, "contract", "wang.approver")
    ends(opener)
    if noted:
        run(opener, "qualifications", as_of=ENDED)

    ((_, reason),) = run(opener, "signing", as_of=ENDED).refused

    assert "held until 2026-11-09 only" in reason
    with opener()() as books:
        assert make.only(books, Contract).status == "draft"


def test_the_same_application_qualifies_a_supplier_again_once_its_approval_ran_out(opener):
    approved(opener, "rpo")
    ends(opener)
    run(opener, "qualifications", as_of=ENDED)

    apply(opener, sample("rpo"), as_of=ENDED)
    assert status(opener) == "submitted"
    run(opener, "onboarding", as_of=ENDED)
    make.reply(opener, "qualification", "lin.buyer", as_of=ENDED)
    run(opener, "onboarding", as_of=ENDED)

    with opener()() as books:
        case = make.only(books, Qualification)
        assert case.status == "approved"
        assert case.valid_to is not None
        assert case.valid_to > ENDED
    assert run(opener, "qualifications", as_of=ENDED).advanced == []


def test_an_approval_that_holds_is_not_applied_for_again(opener):
    load(opener)
    approved(opener, "rpo")
    before = counted(opener)

    apply(opener, sample("rpo"))

    assert (status(opener), counted(opener)) == ("approved", before)


@pytest.fixture
def working(opener) -> str:
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
def test_money_that_is_owed_is_paid_after_the_approval_ran_out(opener):
    ends(opener, make.AS_OF)
    month_run("qualifications", opener)

    settled(opener)
    paid(opener)

    with opener()() as books:
        assert make.only(books, Payment).status == "sent"
        assert make.only(books, Qualification).status == "expired"


@pytest.mark.parametrize("noted", [True, False])
def test_work_until_the_approval_ran_out_is_taken_and_work_after_it_refused(
    opener, working, noted
):
    ends(opener)
    if noted:
        month_run("qualifications", opener, as_of=ENDED)

    with opener(as_of=date(2026, 11, 30))() as books:
        contract = books.named(Contract, working)
        before = line(performed_on="2026-11-08")
        after = line(performed_on="2026-11-09")
        with pytest.raises(Refused, match="line 2: QUA-2026-000001 held until 2026-11-09 only"):
            submit(books, sheet(contract, before, after, month="2026-11"))

        assert submit(books, sheet(contract, before, month="2026-11")).status == "submitted"


def test_work_between_two_approvals_stays_refused_and_work_after_the_second_is_taken(
    opener, working
):
    ends(opener)
    month_run("qualifications", opener, as_of=ENDED)
    again = date(2026, 11, 16)
    with opener(as_of=again)() as books:
        case = make.reach(books, make.only(books, Qualification), "approved")
        case.valid_to = None

    with opener(as_of=date(2026, 11, 30))() as books:
        contract = books.named(Contract, working)
        with pytest.raises(Refused, match="line 1: QUA-2026-000001 held until 2026-11-09"):
            submit(books, sheet(contract, line(performed_on="2026-11-15"), month="2026-11"))
        work = sheet(contract, line(performed_on="2026-11-16"), month="2026-11")
        assert submit(books, work).status == "submitted"
