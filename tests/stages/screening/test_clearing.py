"""A hit found true by mistake has a way back: one proposes it, another decides."""

import pytest

from tests import make
from tests.stages.onboarding.applying import run
from tests.stages.screening.listing import BOREALIS, listed, reviews, settle
from vendorops.books import waiting
from vendorops.books.questions import NotAllowed
from vendorops.books.reviewing import Doubt, doubt
from vendorops.books.standing import propose_change
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.screening import obstacle, propose_clearing
from vendorops.screening.clearing import NotClearable
from vendorops.tables import Party, Review, Supplier

KIND = "review_clearing"


@pytest.fixture(autouse=True)
def suspended(opener):
    """A supplier that was suspended because a hit was found true."""
    with opener()() as books:
        for handle, role in (("wang.approver", "approver"), ("lin.buyer", "buyer")):
            make.person(books, handle)
            make.grant(books, handle, role)
        make.person(books, "yu.compliance")
        make.grant(books, "yu.compliance", "compliance")
        make.supplier(books, make.party(books, name="Borealis Marine Trading LLC"))
    listed(opener, BOREALIS)
    run(opener, "screening")
    settle(opener, "reject")
    run(opener, "screening")


def contest(opener, who="gu.compliance", reason="born in another century") -> None:
    with opener(actor=who)() as books:
        propose_clearing(books, make.only(books, Review), reason)
    run(opener, "reviews")


def test_another_person_clears_the_hit_and_the_supplier_can_be_reinstated(opener):
    contest(opener)
    make.reply(opener, KIND, "yu.compliance")
    run(opener, "reviews")

    (hit,) = reviews(opener)
    assert (hit.status, hit.clearing_by) == ("cleared", "gu.compliance")
    with opener(actor="lin.buyer")() as books:
        supplier = make.only(books, Supplier)
        assert (supplier.status, obstacle(books, supplier.party_id)) == ("suspended", "")
        propose_change(books, supplier, SupplierStatus.QUALIFIED, "it was somebody else")
    run(opener, "suppliers")
    make.reply(opener, "supplier_change", "wang.approver")
    run(opener, "suppliers")
    run(opener, "screening")
    with opener()() as books:
        assert make.only(books, Supplier).status == "qualified"


def test_until_it_is_decided_the_hit_stands_in_the_way(opener):
    contest(opener)

    with opener()() as books:
        assert "was found true" in obstacle(books, make.only(books, Review).party_id)
        (asked,) = waiting(books)
        assert (asked.kind, asked.role) == (KIND, "compliance")
        assert "gu.compliance proposes to clear it: born in another century." in asked.question


def test_who_proposes_it_may_not_decide(opener):
    contest(opener)

    with pytest.raises(NotAllowed):
        make.reply(opener, KIND, "gu.compliance")


def test_a_hit_that_another_person_upholds_stays_and_may_be_contested_for_another_reason(opener):
    contest(opener)
    make.reply(opener, KIND, "yu.compliance", "reject")
    run(opener, "reviews")

    (hit,) = reviews(opener)
    assert (hit.status, hit.clearing_by, hit.clearing_reason) == ("confirmed", "", "")
    assert run(opener, "reviews").advanced == []
    contest(opener, "yu.compliance", "its register shows another owner")
    make.reply(opener, KIND, "gu.compliance")
    run(opener, "reviews")
    assert [each.status for each in reviews(opener)] == ["cleared"]


def test_the_same_proposal_twice_is_one_and_another_has_to_wait(opener):
    contest(opener)
    contest(opener)

    with opener()() as books:
        assert len(waiting(books)) == 1
    with pytest.raises(NotClearable, match=r"gu\.compliance proposed already to clear REV-2026"):
        contest(opener, "yu.compliance", "another")


def test_only_compliance_contests_a_hit(opener):
    with pytest.raises(NotClearable, match=r"lin\.buyer does not hold the role 'compliance'"):
        contest(opener, "lin.buyer")


@pytest.mark.parametrize(
    ("kind", "state", "why"),
    [
        ("lookalike", "confirmed", "a doubt of kind lookalike, not a screening hit"),
        ("screening", "open", "is open; only a hit that was found true"),
        ("screening", "cleared", "is cleared; only a hit that was found true"),
    ],
)
def test_only_a_hit_that_was_found_true_has_a_way_back(opener, kind, state, why):
    with opener(actor="gu.compliance")() as books:
        party = books.get(Party, make.only(books, Supplier).party_id)
        raised = Doubt(kind, party, party.id, "Harmless?", {"number": state})
        other = make.reach(books, doubt(books, raised), state)
        with pytest.raises(NotClearable, match=why):
            propose_clearing(books, other, "because")
