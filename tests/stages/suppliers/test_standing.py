"""How we stand to a supplier is proposed by one person and decided by another."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests import make
from tests.stages.onboarding.applying import changed, counted, load, run, sample
from tests.stages.onboarding.applying import hand_in as apply
from vendorops.books import waiting
from vendorops.books.questions import NotAllowed
from vendorops.books.standing import NotProposable, propose_change
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.stages.onboarding import BadApplication
from vendorops.tables import Contract, Qualification, Supplier, SupplierChange


def supplier(opener, status="qualified") -> str:
    with opener()() as books:
        make.people(books)
        return make.supplier(books, status=status).reference


def propose(opener, reference, after, by="lin.buyer", reason="late three times in a row"):
    with opener(actor=by)() as books:
        row = books.named(Supplier, reference)
        return propose_change(books, row, SupplierStatus(after), reason).reference


def decide(opener, says="approve", by="wang.approver"):
    run(opener, "suppliers")
    make.reply(opener, "supplier_change", by, says)
    return run(opener, "suppliers")


def status(opener, reference) -> str:
    with opener()() as books:
        return str(books.named(Supplier, reference).status)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("qualified", "preferred"),
        ("qualified", "suspended"),
        ("preferred", "suspended"),
        ("suspended", "qualified"),
        ("suspended", "disqualified"),
        ("suspended", "off_boarded"),
        ("disqualified", "requested"),
        ("registered", "disqualified"),
    ],
)
def test_a_change_takes_place_once_a_second_person_approves_it(opener, before, after):
    reference = supplier(opener, before)
    propose(opener, reference, after)
    run(opener, "suppliers")
    assert status(opener, reference) == before

    decide(opener)

    assert status(opener, reference) == after
    with opener()() as books:
        assert make.only(books, SupplierChange).status == "effected"


def test_a_change_that_is_turned_down_changes_nothing(opener):
    reference = supplier(opener)
    propose(opener, reference, "suspended")

    decide(opener, "reject")

    assert status(opener, reference) == "qualified"
    with opener()() as books:
        assert make.only(books, SupplierChange).status == "rejected"


def test_nobody_decides_what_he_proposed_whatever_roles_he_holds(opener):
    reference = supplier(opener)
    propose(opener, reference, "suspended", by="wang.approver")
    run(opener, "suppliers")

    with pytest.raises(NotAllowed, match=r"wang\.approver took part"):
        make.reply(opener, "supplier_change", "wang.approver")

    decide(opener, by="chen.approver")
    assert status(opener, reference) == "suspended"


@pytest.mark.parametrize("who", ["system:suppliers", "he.hengxin", "nobody.known", "past.buyer"])
def test_only_our_own_people_with_a_role_may_propose_a_change(opener, who):
    reference = supplier(opener)
    with opener()() as books:
        make.signer(books, make.parties.party_of(books, books.named(Supplier, reference)))
        make.person(books, "past.buyer")
        make.grant(books, "past.buyer", "buyer", valid_to=date(2026, 11, 4))

    with pytest.raises(NotProposable, match="holds no role with us"):
        propose(opener, reference, "suspended", by=who)


def test_an_impossible_change_is_refused_and_the_possible_ones_named(opener):
    reference = supplier(opener)

    with pytest.raises(
        NotProposable,
        match="is qualified and cannot become disqualified; it can become off_boarded, preferred, "
        "suspended",
    ):
        propose(opener, reference, "disqualified")


def test_the_same_proposal_twice_is_one_and_another_waits_for_it(opener):
    reference = supplier(opener)
    first = propose(opener, reference, "suspended")

    assert propose(opener, reference, "suspended") == first
    with pytest.raises(NotProposable, match=f"{first} already proposes"):
        propose(opener, reference, "preferred")


def test_the_question_names_who_proposes_why_and_that_money_owed_is_paid(opener):
    with opener()() as books:
        make.people(books)
        row = make.supplier(books)
        contract = make.contract(books, row).reference
        reference = row.reference
    propose(opener, reference, "suspended")
    run(opener, "suppliers")

    with opener()() as books:
        (asked,) = waiting(books)
        assert (asked.role, asked.due_on) == ("approver", date(2026, 11, 5))
        assert "lin.buyer proposes it: late three times in a row." in asked.question
        assert "What it is owed is paid all the same." in asked.question
        assert contract in asked.question


def test_a_proposal_that_events_overtook_is_withdrawn_with_its_question(opener):
    reference = supplier(opener)
    propose(opener, reference, "preferred")
    run(opener, "suppliers")
    with opener()() as books:
        make.reach(books, books.named(Supplier, reference), "off_boarded")

    run(opener, "suppliers")

    with opener()() as books:
        assert waiting(books) == []
        assert make.only(books, SupplierChange).status == "withdrawn"


def test_running_again_after_a_change_changes_nothing(opener):
    reference = supplier(opener)
    propose(opener, reference, "suspended")
    decide(opener)
    before = counted(opener)

    assert run(opener, "suppliers").advanced == []
    assert counted(opener) == before


def test_a_suspended_supplier_applies_for_nothing_new(opener):
    load(opener)
    apply(opener, sample("rpo"))
    with opener()() as books:
        row = make.only(books, Supplier)
        make.reach(books, row, "suspended")

    with pytest.raises(BadApplication, match="SUP-2026-000001 is suspended and cannot apply"):
        apply(opener, changed("rpo", "value: 0.18", "value: 0.16"))


def test_a_case_of_a_supplier_suspended_meanwhile_waits_for_its_reinstatement(opener):
    load(opener)
    apply(opener, sample("rpo"))
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")
    with opener()() as books:
        make.reach(books, make.only(books, Supplier), "suspended")

    ((_, reason),) = run(opener, "onboarding").refused
    assert "is suspended and takes on nothing new" in reason

    with opener()() as books:
        make.reach(books, make.only(books, Supplier), "qualified")
    run(opener, "onboarding")
    with opener()() as books:
        assert make.only(books, Qualification).status == "approved"


@pytest.mark.parametrize("state", ["draft", "approved", "sent", "signed"])
def test_no_contract_of_a_suspended_supplier_goes_a_step_further(opener, state):
    with opener()() as books:
        make.people(books)
        row = make.supplier(books, status="suspended")
        signed = state == "signed"
        unsigned: dict[str, Any] = {} if signed else {"signed_sha256": None, "signed_by": None}
        make.contract(books, row, status=state, **unsigned)

    ((_, reason),) = run(opener, "signing").refused

    assert "is suspended and takes on nothing new" in reason
    with opener()() as books:
        assert make.only(books, Contract).status == state


def test_no_contract_is_drafted_for_a_suspended_supplier(opener):
    with opener()() as books:
        make.qualification(books, make.supplier(books, status="suspended"))

    ((_, reason),) = run(opener, "contracting").refused

    assert "takes on nothing new" in reason


STATES = st.sampled_from([state.value for state in SupplierStatus])
STEPS = st.lists(st.tuples(STATES, st.sampled_from(["lin.buyer", "wang.approver"]), st.booleans()))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_whatever_is_proposed_only_arrows_are_followed_and_by_two_people(opener, steps):
    with opener()() as books:
        if not books.session.exec(select(Supplier)).first():
            make.people(books)
        reference = make.supplier(books).reference
    for after, by, approves in steps:
        before = status(opener, reference)
        try:
            propose(opener, reference, after, by=by)
        except NotProposable:
            assert after == "invited" or after not in SupplierStatus(before).follows
            continue
        decide(opener, "approve" if approves else "reject", by="chen.approver")
        assert status(opener, reference) == (after if approves else before)
