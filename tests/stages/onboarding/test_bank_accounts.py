import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.onboarding.applying import changed, counted, hand_in, load, run, sample
from vendorops.books.questions import NotAllowed
from vendorops.tables import BankAccount, Supplier


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


@pytest.fixture
def qualified(opener):
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")
    run(opener, "onboarding")


def activate(opener, finance="zhao.finance", approver="wang.approver"):
    run(opener, "bank_accounts")
    make.reply(opener, "bank_verification", finance)
    run(opener, "bank_accounts")
    make.reply(opener, "bank_activation", approver)
    return run(opener, "bank_accounts")


def accounts(opener):
    with opener()() as books:
        return list(books.session.exec(select(BankAccount).order_by(col(BankAccount.id))))


def test_nobody_is_asked_about_the_account_of_an_applicant_not_yet_qualified(opener):
    hand_in(opener, sample("rpo"))

    assert run(opener, "bank_accounts").waiting == ["ACC-2026-000001"]
    assert accounts(opener)[0].holder.startswith("星河")


@pytest.mark.usefixtures("qualified")
def test_an_account_is_put_into_use_by_three_different_people(opener):
    activate(opener)

    theirs = accounts(opener)[1]
    assert theirs.status == "active"
    assert theirs.active_from == make.AS_OF
    assert (theirs.proposed_by, theirs.verified_by, theirs.approved_by) == (
        "qin.rpo",
        "zhao.finance",
        "wang.approver",
    )


@pytest.mark.usefixtures("qualified")
def test_who_verified_an_account_may_not_activate_it(opener):
    with opener()() as books:
        make.grant(books, "zhao.finance", "approver")

    with pytest.raises(NotAllowed, match="took part"):
        activate(opener, approver="zhao.finance")


def test_who_proposed_an_account_of_ours_may_not_verify_it(opener):
    with opener()() as books:
        make.grant(books, "li.treasury", "finance")

    with pytest.raises(NotAllowed, match="took part"):
        activate(opener, finance="li.treasury")


def test_an_account_that_finance_rejects_is_revoked_for_good(opener):
    run(opener, "bank_accounts")
    make.reply(opener, "bank_verification", "zhao.finance", "reject")
    run(opener, "bank_accounts")

    assert accounts(opener)[0].status == "revoked"
    assert run(opener, "bank_accounts").waiting == []


def test_an_account_that_the_approver_rejects_is_revoked_for_good(opener):
    run(opener, "bank_accounts")
    make.reply(opener, "bank_verification", "zhao.finance")
    run(opener, "bank_accounts")
    make.reply(opener, "bank_activation", "wang.approver", "reject")
    run(opener, "bank_accounts")

    assert accounts(opener)[0].status == "revoked"


@pytest.mark.usefixtures("qualified")
def test_a_new_account_replaces_the_one_in_use_only_when_it_is_activated(opener):
    activate(opener)
    with opener()() as books:
        make.reach(books, make.only(books, Supplier), "suspended")
        make.reach(books, make.only(books, Supplier), "qualified")
    second = changed("rpo", "program: rpo\n", "program: bpo\n")
    second = second.replace(b"supplier_kind: rpo", b"supplier_kind: bpo")
    second = second.replace(b"placement_fee, value: 0.18", b"case_closed, value: 38.00")
    hand_in(opener, second.replace(b"4000021309200456789", b"4000021309200456781"))

    assert [row.status for row in accounts(opener)] == ["active", "active", "proposed"]
    activate(opener)
    assert [row.status for row in accounts(opener)] == ["active", "superseded", "active"]


@pytest.mark.usefixtures("qualified")
def test_doubled_runs_of_bank_accounts_change_nothing(opener):
    activate(opener)
    before = counted(opener)

    run(opener, "bank_accounts")

    assert counted(opener) == before
