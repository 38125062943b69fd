"""An invitation is decided, stands for some days, and is taken up by the application."""

from datetime import date

import pytest

from tests import make
from tests.stages.onboarding.applying import changed, counted, load, run, sample
from tests.stages.onboarding.applying import hand_in as apply
from vendorops.books import vault
from vendorops.documents.forms import BadForm
from vendorops.stages.onboarding import BadApplication
from vendorops.stages.onboarding.inviting import invite
from vendorops.tables import Party, Supplier, SupplierChange

INVITATION = """
party:
  kind: organization
  name: 深圳勤途人力资源有限公司
  place: cn
  identifier: {scheme: cn_uscc, number: NUMBER}
  address: 深圳市南山区勤途大厦 9 层
  email: service@qintu.example
supplier_kind: rpo
reason: the best of three offers
days: "14"
"""
ENDS = date(2026, 11, 18)
"""Fourteen days after the day of the makers."""


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


def number() -> str:
    text = sample("rpo").decode()
    return text.partition("scheme: cn_uscc, number: ")[2].partition("}")[0]


def invited(opener, says="approve"):
    with opener(actor="lin.buyer")() as books:
        invite(books, INVITATION.replace("NUMBER", number()).encode())
    run(opener, "suppliers")
    if says:
        make.reply(opener, "supplier_change", "wang.approver", says)
    return run(opener, "suppliers")


def found(opener) -> str:
    with opener()() as books:
        return make.only(books, Supplier).status


def test_an_invitation_makes_a_supplier_that_is_requested_and_then_invited(opener):
    invited(opener, says="")
    assert found(opener) == "requested"

    make.reply(opener, "supplier_change", "wang.approver")
    run(opener, "suppliers")

    assert found(opener) == "invited"
    with opener()() as books:
        assert make.only(books, SupplierChange).expires_on == ENDS
        party = make.only(books, Party, id=make.only(books, Supplier).party_id)
        assert vault.reveal(books, party, "identifier") == number()
        assert number() not in str(party.model_dump())


def test_the_application_takes_the_invitation_up_by_its_number_under_its_own_name(opener):
    invited(opener)

    apply(opener, sample("rpo"))

    assert found(opener) == "registered"
    with opener()() as books:
        supplier = make.only(books, Supplier)
        assert make.only(books, Party, id=supplier.party_id).name.endswith("Co. Ltd.")


def test_an_invitation_holds_on_its_last_day_and_has_run_out_on_the_next(opener):
    invited(opener)

    with pytest.raises(BadApplication, match="CHG-2026-000001, ran out on 2026-11-18; ask"):
        apply(opener, sample("rpo"), as_of=ENDS)
    apply(opener, sample("rpo"), as_of=date(2026, 11, 17))

    assert found(opener) == "registered"


def test_an_invitation_that_ran_out_is_noted_and_a_new_one_may_follow(opener):
    invited(opener)
    assert run(opener, "suppliers", as_of=date(2026, 11, 17)).advanced == []

    run(opener, "suppliers", as_of=ENDS)

    assert found(opener) == "requested"
    with pytest.raises(BadApplication, match="ran out"):
        apply(opener, sample("rpo"), as_of=ENDS)
    with opener(actor="lin.buyer", as_of=ENDS)() as books:
        invite(books, INVITATION.replace("NUMBER", number()).encode())
    run(opener, "suppliers", as_of=ENDS)
    make.reply(opener, "supplier_change", "wang.approver", as_of=ENDS)
    run(opener, "suppliers", as_of=ENDS)
    apply(opener, sample("rpo"), as_of=ENDS)
    assert found(opener) == "registered"


@pytest.mark.parametrize(("says", "why"), [("", "is not decided yet"), ("reject", "was turned")])
def test_an_invitation_nobody_approved_cannot_be_taken_up(opener, says, why):
    invited(opener, says)

    with pytest.raises(BadApplication, match=why):
        apply(opener, sample("rpo"))

    assert found(opener) == "requested"


def test_the_same_invitation_twice_is_one(opener):
    invited(opener, says="")
    before = counted(opener)

    invited(opener, says="")

    assert counted(opener) == before


def test_a_supplier_reinstated_after_disqualification_applies_without_an_invitation(opener):
    apply(opener, sample("rpo"))
    with opener()() as books:
        make.reach(books, make.only(books, Supplier), "disqualified")
        make.reach(books, make.only(books, Supplier), "requested")

    apply(opener, changed("rpo", "value: 0.18", "value: 0.16"))

    assert found(opener) == "registered"


def test_an_invitation_that_is_no_form_is_refused_and_shows_no_number(opener):
    text = INVITATION.replace("NUMBER", number()).replace("reason:", "because:")

    with opener(actor="lin.buyer")() as books, pytest.raises(BadForm) as caught:
        invite(books, text.encode())

    assert "reason is missing" in str(caught.value)
    assert number() not in str(caught.value)
