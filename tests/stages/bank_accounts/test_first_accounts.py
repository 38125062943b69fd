"""Accounts of new suppliers and of our own: three people, a call, a name check, time."""

import pytest

from tests import make
from tests.stages.bank_accounts.protocol import (
    COOLED,
    accounts,
    activate,
    approve,
    asked,
    call,
    check_names,
    found,
    prove,
    qualify,
    states,
)
from tests.stages.onboarding.applying import changed, counted, hand_in, load, run, sample
from vendorops.books.questions import NotAllowed
from vendorops.domain.refusal import Refused


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


@pytest.fixture
def supplier(opener):
    return qualify(opener)


def test_nobody_is_asked_about_the_account_of_an_applicant_not_yet_qualified(opener):
    hand_in(opener, sample("rpo"))

    assert run(opener, "bank_accounts").waiting == ["ACC-2026-000001"]
    assert accounts(opener)[0].holder.startswith("星河")


@pytest.mark.usefixtures("supplier")
def test_an_account_is_put_into_use_by_three_different_people_once_it_cooled_off(opener):
    prove(opener)
    approve(opener)
    assert states(opener) == ["approved", "approved"]

    run(opener, "bank_accounts", as_of=COOLED)

    theirs = accounts(opener)[1]
    assert (theirs.status, theirs.active_from) == ("active", COOLED)
    assert (theirs.proposed_by, theirs.verified_by, theirs.approved_by) == (
        "qin.rpo",
        "zhao.finance",
        "wang.approver",
    )


@pytest.mark.usefixtures("supplier")
def test_who_verified_an_account_may_not_approve_it(opener):
    with opener()() as books:
        make.grant(books, "zhao.finance", "approver")
    prove(opener)

    with pytest.raises(NotAllowed, match="took part"):
        approve(opener, "zhao.finance")


@pytest.mark.usefixtures("supplier")
def test_who_let_the_supplier_in_may_neither_verify_nor_approve_its_account(opener):
    with opener()() as books:
        make.grant(books, "lin.buyer", "finance")
        make.grant(books, "lin.buyer", "approver")
    run(opener, "bank_accounts")
    with pytest.raises(NotAllowed, match="took part"):
        call(opener, "lin.buyer")
    prove(opener)

    with pytest.raises(NotAllowed, match="took part"):
        approve(opener, "lin.buyer")


def test_who_proposed_an_account_of_ours_may_not_verify_it(opener):
    with opener()() as books:
        make.grant(books, "li.treasury", "finance")
    run(opener, "bank_accounts")

    with pytest.raises(NotAllowed, match="took part"):
        call(opener, "li.treasury")


def test_an_account_of_ours_needs_no_call_but_everything_else(opener):
    run(opener, "bank_accounts")
    make.reply(opener, "bank_verification", "zhao.finance")
    run(opener, "bank_accounts")
    assert asked(opener, "bank_approval") == []
    check_names(opener)
    run(opener, "bank_accounts")
    approve(opener)
    assert states(opener) == ["approved"]

    run(opener, "bank_accounts", as_of=COOLED)

    assert states(opener) == ["active"]


@pytest.mark.parametrize("kind", ["bank_verification", "bank_name_check"])
def test_an_account_that_finance_rejects_is_revoked_for_good(opener, kind):
    run(opener, "bank_accounts")
    make.reply(opener, kind, "zhao.finance", "reject")
    run(opener, "bank_accounts")

    assert states(opener) == ["revoked"]
    assert run(opener, "bank_accounts").waiting == []
    assert asked(opener, "bank_verification") == asked(opener, "bank_name_check") == []


def test_an_account_that_the_approver_rejects_is_revoked_for_good(opener):
    prove(opener)
    approve(opener, says="reject")

    assert states(opener) == ["revoked"]


@pytest.mark.usefixtures("supplier")
def test_doubled_runs_of_bank_accounts_change_nothing(opener):
    activate(opener)
    before = counted(opener)

    run(opener, "bank_accounts", as_of=COOLED)

    assert counted(opener) == before


@pytest.mark.usefixtures("supplier")
def test_a_number_that_came_with_the_application_does_not_prove_its_account(opener):
    run(opener, "bank_accounts")

    with pytest.raises(Refused, match=r"^E_BANK_CONTACT_UNKNOWN"):
        call(opener, contact="CTC-2026-000001")  # The address that came with the application.


def test_a_phone_that_came_with_the_application_does_not_prove_its_account(opener):
    with_phone = changed("rpo", "  email: ", '  phone: "+86 755 5555 9999"\n  email: ')
    hand_in(opener, with_phone)
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")
    run(opener, "onboarding")
    run(opener, "bank_accounts")

    with pytest.raises(Refused, match=r"^E_BANK_CONTACT_FROM_REQUEST"):
        call(opener)


@pytest.mark.parametrize("source", ["portal", "buyer"])
def test_a_first_account_needs_a_number_from_an_independent_source(opener, supplier, source):
    who = "qin.rpo" if source == "portal" else "lin.buyer"
    found(opener, supplier, who, source=source, value="+86 755 5555 0777")
    run(opener, "bank_accounts")

    with pytest.raises(Refused, match=r"^E_BANK_CONTACT_NOT_INDEPENDENT"):
        call(opener)


def test_who_found_the_number_of_a_new_supplier_may_not_call_it(opener, supplier):
    with opener()() as books:
        make.grant(books, "zhao.finance", "buyer")
    found(opener, supplier, "zhao.finance", value="+86 755 5555 0778")
    run(opener, "bank_accounts")

    with pytest.raises(Refused, match=r"^E_BANK_CONTACT_OWN: zhao.finance recorded"):
        call(opener)


@pytest.mark.parametrize("missing", ["contact", "spoke_with", "called_at", "read_back"])
@pytest.mark.usefixtures("supplier")
def test_a_verification_that_tells_of_no_call_is_refused(opener, missing):
    run(opener, "bank_accounts")

    with pytest.raises(Refused, match=rf"^E_BANK_NO_CALLBACK.*give {missing} with"):
        call(opener, **{missing: ""})


@pytest.mark.parametrize(
    "when", ["2026-11-04T08:59+00:00", "2026-11-04T09:01+00:00", "yesterday", "2026-11-04"]
)
@pytest.mark.usefixtures("supplier")
def test_a_call_lies_between_the_proposal_and_now(opener, when):
    run(opener, "bank_accounts")

    with pytest.raises(Refused, match=r"^E_BANK_CALL_TIME"):
        call(opener, called_at=when)


@pytest.mark.parametrize("read", ["4000021309200456781", "no number"])
@pytest.mark.usefixtures("supplier")
def test_an_account_read_back_otherwise_is_refused_and_the_number_shown_nowhere(opener, read):
    run(opener, "bank_accounts")

    with pytest.raises(Refused, match=r"^E_BANK_READBACK_DIFFERS") as refused:
        call(opener, read_back=read)

    assert read not in str(refused.value)


@pytest.mark.usefixtures("supplier")
def test_what_was_read_back_is_kept_as_a_blind_index_only(opener, settings):
    prove(opener)

    assert states(opener) == ["verified", "verified"]
    for path in settings.home.glob("books.db*"):
        assert b"4000021309200456789" not in path.read_bytes()
