from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from tests.approvals.asking import AS_OF, ask, asked, person, row, say
from tests.books.test_unit import supplier
from vendorops.books.delegating import (
    Handover,
    NotToBeDelegated,
    confirm,
    delegate,
    end,
    state_of,
)
from vendorops.books.questions import NotAllowed
from vendorops.books.questions.rights import Right, rights, within
from vendorops.domain.money import Money
from vendorops.tables import Delegation, Event, RoleGrant

LEAVE = Handover(
    delegator="ann",
    delegate="bob",
    role="approver",
    valid_from=AS_OF,
    valid_to=AS_OF + timedelta(days=5),
    reason="annual leave",
)
UP_TO = Money(100_00, "EUR")


@pytest.fixture
def office(lend):
    """Ann, who approves up to 500 euros, Bob, who approves nothing, and two admins."""
    with lend()() as books:
        person(books, "ann", limit=500_00)
        person(books, "bob", role="buyer")
        person(books, "eve", role="admin")
        person(books, "dan", role="admin")
    return lend


def hand_over(lend, given=LEAVE, who="ann"):
    with lend(who)() as books:
        return delegate(books, given)


def test_a_delegate_answers_in_the_place_of_the_delegator(office):
    hand_over(office)
    ask(office)

    given = say(office, "bob")

    assert (given.answered_by, given.on_behalf_of, given.by_role) == ("bob", "ann", "approver")
    assert '"by":"DLG-2026-000001"' in given.authority
    with office()() as books:
        told = books.session.exec(select(Event).where(Event.on_behalf_of == "ann")).one()
        assert (told.actor, told.after) == ("bob", "answered")


def test_without_a_delegation_he_does_not(office):
    ask(office)

    with pytest.raises(NotAllowed, match="bob does not hold the role 'approver'"):
        say(office, "bob")


def test_who_stands_in_owns_what_is_asked_meanwhile(office):
    hand_over(office)
    ask(office)

    assert asked(office)[0].owner == "bob"


@pytest.mark.parametrize(
    ("amount", "limit", "told"),
    [
        (Money(100_01, "EUR"), UP_TO, "above the limit of bob"),
        (Money(500_01, "EUR"), None, "above the limit of bob"),
        (Money(1, "USD"), None, "above the limit of bob"),
    ],
)
def test_a_delegate_goes_no_further_than_both_limits(office, amount, limit, told):
    hand_over(office, replace(LEAVE, limit=limit))
    ask(office, amount=amount)

    with pytest.raises(NotAllowed, match=told):
        say(office, "bob")


def test_up_to_the_limit_he_goes(office):
    hand_over(office, replace(LEAVE, limit=UP_TO))
    ask(office, amount=UP_TO)

    assert say(office, "bob").answer == "approve"


def test_what_the_delegator_lost_meanwhile_is_not_delegated_any_more(office):
    hand_over(office)
    ask(office)
    with office()() as books:
        books.session.exec(
            select(RoleGrant).where(RoleGrant.handle == "ann")
        ).one().valid_to = AS_OF

    with pytest.raises(NotAllowed, match="does not hold the role"):
        say(office, "bob")


@pytest.mark.parametrize("days", [-1, 5, 6])
def test_before_its_first_and_after_its_last_day_it_does_not_hold(office, days):
    hand_over(office)

    with office(as_of=AS_OF + timedelta(days=days))() as books:
        assert [right.holder for right in rights(books, ["approver"])] == ["ann"]


def test_who_ends_it_ends_it_at_once(office):
    handed = hand_over(office)
    ask(office)
    with office("ann")() as books:
        end(books, handed.reference, "back early")

    with pytest.raises(NotAllowed, match="does not hold the role"):
        say(office, "bob")


def test_a_delegate_may_not_what_the_delegator_could_not(office):
    hand_over(office)
    ask(office, not_by=("ann",))

    with pytest.raises(NotAllowed, match="ann took part in SUP-2026-000001, so bob"):
        say(office, "bob")


def test_a_delegate_may_not_what_he_himself_could_not(office):
    hand_over(office)
    ask(office, not_by=("bob",))

    with pytest.raises(NotAllowed, match="bob took part"):
        say(office, "bob")


def test_in_whose_place_one_step_was_taken_does_not_take_the_next(office):
    with office()() as books:
        row(books, "approver", "cfo")
        person(books, "ann", role="cfo")
        person(books, "tang", role="cfo")
    hand_over(office)
    ask(office)
    say(office, "bob")
    ask(office)

    with pytest.raises(NotAllowed, match="ann took part"):
        say(office, "ann")
    assert asked(office)[0].not_by == "bob ann"


@pytest.mark.parametrize(
    ("who", "changed", "told"),
    [
        ("ann", {"delegate": "ann"}, "does not hand a right to himself"),
        ("ann", {"delegate": "nobody"}, "nobody is nobody of ours"),
        ("ann", {"delegate": "mallory"}, "mallory is nobody of ours"),
        ("ann", {"role": "cfo"}, "holds no grant of the role 'cfo'"),
        ("ann", {"role": "supplier"}, "is never handed on"),
        ("ann", {"limit": Money(500_01, "EUR")}, "above the limit of ann himself"),
        ("ann", {"limit": Money(1, "USD")}, "above the limit of ann himself"),
        ("ann", {"valid_to": AS_OF}, "is over or empty"),
        ("ann", {"valid_from": AS_OF - timedelta(days=1)}, "begins today"),
        ("bob", {"delegate": "eve"}, "bob is neither the delegator nor an admin"),
        ("bob", {}, "does not hand a right to himself"),
        ("eve", {"delegate": "eve"}, "does not hand a right to himself"),
        ("eve", {"delegator": "eve", "role": "admin"}, "is never handed on"),
    ],
)
def test_what_is_not_to_be_delegated_is_refused(office, who, changed, told):
    with office()() as books:
        person(books, "mallory", role="supplier", party_id=supplier(books).party_id)

    with pytest.raises(NotToBeDelegated, match=told):
        hand_over(office, replace(LEAVE, **changed), who)


def test_what_was_delegated_is_not_handed_on(office):
    hand_over(office)
    further = replace(LEAVE, delegator="bob", delegate="dan")

    with pytest.raises(NotToBeDelegated, match="is not handed on"):
        hand_over(office, further, "bob")


def test_what_an_admin_enters_holds_once_another_admin_confirmed_it(office):
    handed = hand_over(office, who="eve")
    ask(office)
    with pytest.raises(NotAllowed, match="does not hold the role"):
        say(office, "bob")
    for who, told in (("eve", "another admin confirms"), ("bob", "nor an admin")):
        with pytest.raises(NotToBeDelegated, match=told), office(who)() as books:
            confirm(books, handed.reference)

    with office("dan")() as books:
        assert state_of(confirm(books, handed.reference), books.as_of) == "in force"
    assert say(office, "bob").on_behalf_of == "ann"


def test_the_same_delegation_twice_is_one(office):
    assert hand_over(office).reference == hand_over(office).reference


def test_a_stranger_does_not_end_it(office):
    handed = hand_over(office)
    with office()() as books:
        person(books, "carl", role="buyer")

    with pytest.raises(NotToBeDelegated, match="neither the delegator"), office("carl")() as books:
        end(books, handed.reference, "for fun")


@given(
    own=st.none() | st.integers(1, 5),
    handed=st.none() | st.integers(1, 5),
    amount=st.integers(1, 6),
)
def test_a_delegate_never_goes_beyond_the_delegator(own, handed, amount):

    right = Right("ann", "approver", "approver", own, "EUR")
    handed_on = Delegation(
        id=1,
        delegator="ann",
        delegate="bob",
        role="approver",
        limit_minor=handed,
        currency="EUR" if handed else "",
        reference="DLG-1",
    )

    found = within(right, handed_on)

    assert found
    assert found.covers(amount, "EUR") == (
        right.covers(amount, "EUR") and (handed is None or amount <= handed)
    )
