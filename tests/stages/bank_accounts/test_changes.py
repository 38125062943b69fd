"""Another account of a supplier we know: who may propose it, and what proves it."""

import pytest
from sqlmodel import select

from tests import make
from tests.stages.bank_accounts.protocol import (
    CHANGE,
    CHANGED,
    NEW,
    accounts,
    activate,
    approve,
    asked,
    call,
    check_names,
    found,
    propose,
    prove,
    qualify,
    states,
)
from tests.stages.onboarding.applying import ATTACHED, changed, hand_in, run
from vendorops.domain.refusal import Refused
from vendorops.stages.bank_accounts import revoke_account
from vendorops.stages.onboarding import apply
from vendorops.tables import BankAccount


@pytest.fixture
def settings(known):
    """A copy of books with a supplier of an account in use, whose signer is qin.rpo."""
    return known


@pytest.fixture
def supplier():
    return "SUP-2026-000001"


def test_a_new_account_replaces_the_one_in_use_only_once_it_is_active(opener, supplier):
    propose(opener, supplier)
    prove(opener, CHANGE)
    approve(opener, as_of=CHANGE)
    assert states(opener) == ["active", "active", "approved"]

    run(opener, "bank_accounts", as_of=CHANGED)

    assert states(opener) == ["active", "superseded", "active"]
    with opener()() as books:
        assert books.session.exec(select(BankAccount)).all()[1].number_masked == "••••6789"


def test_the_approver_sees_the_old_account_the_new_one_and_what_changed(opener, supplier):
    propose(opener, supplier, bank="102584002127")
    prove(opener, CHANGE)

    [question] = asked(opener, "bank_approval")
    assert "••••6781" in question.question
    assert "instead of ••••6789" in question.question
    assert "zhao.finance verified" in question.question


@pytest.mark.parametrize(
    "who", ["ada.admin", "wang.approver", "system:bank_accounts", "portal", "nobody", "he.yunshu"]
)
def test_nobody_but_its_signer_or_a_buyer_proposes_an_account(opener, supplier, who):
    qualify(opener, "bpo")  # Whose signer is he.yunshu.

    with pytest.raises(Refused, match=r"^E_BANK_PROPOSER"):
        propose(opener, supplier, who)

    assert "proposed" not in states(opener)[1:2]


@pytest.mark.parametrize("who", ["qin.rpo", "lin.buyer"])
def test_its_signer_and_a_buyer_may_propose_an_account(opener, supplier, who):
    propose(opener, supplier, who)

    assert accounts(opener)[-1].proposed_by == accounts(opener)[-1].entered_by == who


def second_application() -> bytes:
    second = changed("rpo", "program: rpo\n", "program: bpo\n")
    second = second.replace(b"supplier_kind: rpo", b"supplier_kind: bpo")
    second = second.replace(b"placement_fee, value: 0.18", b"case_closed, value: 38.00")
    return second.replace(b"4000021309200456789", NEW.encode())


def test_an_application_of_anybody_does_not_change_the_account_of_a_known_supplier(
    opener, supplier
):
    with pytest.raises(Refused, match=r"^E_BANK_PROPOSER"):
        hand_in(opener, second_application())

    assert states(opener) == ["active", "active"]
    assert supplier == "SUP-2026-000001"


@pytest.mark.usefixtures("supplier")
def test_an_application_handed_in_by_the_signer_proposes_the_account_in_his_name(opener):
    with opener(actor="qin.rpo")() as books:
        apply(books, second_application(), ATTACHED)

    assert (states(opener)[-1], accounts(opener)[-1].proposed_by) == ("proposed", "qin.rpo")


def test_a_number_that_is_on_file_for_less_than_thirty_days_is_not_called(opener, supplier):
    theirs = {"source": "portal", "value": "+86 1 99999"}
    found(opener, supplier, "qin.rpo", make.AS_OF.replace(day=15), **theirs)
    propose(opener, supplier)
    run(opener, "bank_accounts", as_of=CHANGE)

    with pytest.raises(Refused, match=r"^E_BANK_CONTACT_YOUNG"):
        call(opener, as_of=CHANGE)


@pytest.mark.breaks("S17")
def test_a_number_said_to_be_old_but_entered_just_now_is_not_called(opener, supplier):
    """The business day was given as an older one; the clock knows better."""
    found(opener, supplier, "qin.rpo", CHANGE, source="portal", value="+86 1 88888")
    with opener()() as books:
        books.session.connection().exec_driver_sql(
            "UPDATE contact SET since = '2026-01-01' WHERE source = 'portal'"
        )
    propose(opener, supplier)
    run(opener, "bank_accounts", as_of=CHANGE)

    with pytest.raises(Refused, match=r"^E_BANK_CONTACT_YOUNG"):
        call(opener, as_of=CHANGE)


def test_a_name_that_does_not_match_ends_the_change_and_is_kept(opener, supplier):
    propose(opener, supplier)
    run(opener, "bank_accounts", as_of=CHANGE)
    check_names(opener, as_of=CHANGE, result="no_match")
    run(opener, "bank_accounts", as_of=CHANGE)

    assert states(opener) == ["active", "active", "revoked"]
    assert asked(opener, "bank_verification") == []


def test_a_name_that_is_only_close_goes_to_the_approver_visibly(opener, supplier):
    propose(opener, supplier)
    run(opener, "bank_accounts", as_of=CHANGE)
    check_names(opener, as_of=CHANGE, result="close_match")
    call(opener, as_of=CHANGE)
    run(opener, "bank_accounts", as_of=CHANGE)

    [question] = asked(opener, "bank_approval")
    assert "ATTENTION: the name is only close" in question.question


def test_the_same_account_proposed_twice_is_proposed_once(opener, supplier):
    first = propose(opener, supplier)
    again = propose(opener, supplier, "lin.buyer")

    assert (first.id, states(opener)) == (again.id, ["active", "active", "proposed"])


def test_a_second_change_revokes_the_first_which_begins_everything_anew(opener, supplier):
    propose(opener, supplier)
    prove(opener, CHANGE)
    approve(opener, as_of=CHANGE)

    propose(opener, supplier, number="4000021309200456773")
    run(opener, "bank_accounts", as_of=CHANGED)

    assert states(opener) == ["active", "active", "revoked", "proposed"]
    assert len(asked(opener, "bank_verification")) == 1


def test_an_account_that_another_party_uses_is_refused_before_anybody_is_asked(opener, supplier):
    other = qualify(opener, "bpo")
    activate(opener, CHANGE, CHANGED)
    propose(opener, other, "he.yunshu", CHANGED, number="4000021309200456789")

    outcome = run(opener, "bank_accounts", as_of=CHANGED)

    assert outcome.refused[0][1].startswith("E_BANK_SHARED: ACC-2026-000004 has the number of")
    assert asked(opener, "bank_verification") == []
    assert supplier != other


@pytest.mark.parametrize("who", ["ada.admin", "sun.releaser", "nobody"])
def test_a_stranger_may_not_revoke_a_change(opener, supplier, who):
    account = propose(opener, supplier)

    with (
        pytest.raises(Refused, match=r"^E_BANK_REVOKER"),
        opener(actor=who, as_of=CHANGE)() as books,
    ):
        revoke_account(books, account.reference, "because I say so")


@pytest.mark.parametrize("who", ["qin.rpo", "lin.buyer", "zhao.finance"])
def test_a_change_that_is_revoked_is_asked_about_no_more(opener, supplier, who):
    account = propose(opener, supplier)
    run(opener, "bank_accounts", as_of=CHANGE)
    with opener(actor=who, as_of=CHANGE)() as books:
        revoke_account(books, account.reference, "it was not us")

    assert states(opener) == ["active", "active", "revoked"]
    assert asked(opener, "bank_verification") == asked(opener, "bank_name_check") == []
