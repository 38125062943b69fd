"""An application gives nobody a say, and moves no address, before the buyer approved it."""

import pytest
import yaml
from sqlmodel import select

from tests import make
from tests.stages.onboarding.applying import changed, hand_in, load, run, sample
from vendorops.books import waiting
from vendorops.domain.refusal import Refused
from vendorops.stages.onboarding.contacts import contacts_shown
from vendorops.tables import Event, Party, Person, Qualification, RoleGrant, Supplier


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


def second_of_rpo() -> bytes:
    """An application of the RPO's party for another program, by mallory, with another email."""
    first, other = (yaml.safe_load(sample(name)) for name in ("rpo", "bpo"))
    same = {key: first[key] for key in ("bank_account", "documents")}
    party = first["party"] | {"email": f"mallory.{first['party']['email']}"}
    return yaml.safe_dump({**other, **same, "party": party, "signer": "mallory"}).encode()


def signers(opener) -> dict[str, str]:
    """Who signs for suppliers, and who granted it."""
    with opener()() as books:
        grants = books.session.exec(select(RoleGrant).where(RoleGrant.role == "supplier"))
        return {grant.handle: grant.granted_by for grant in grants}


def email(opener) -> str:
    with opener()() as books:
        return make.only(books, Party, id=make.only(books, Supplier).party_id).email


def approve(opener, says: str = "approve") -> None:
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer", says)
    run(opener, "onboarding")


def test_nobody_signs_for_a_new_supplier_before_the_buyer_approved_it(opener):
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    assert signers(opener) == {}

    approve(opener)

    assert signers(opener) == {"qin.rpo": "lin.buyer"}


def test_a_second_application_gives_its_signer_nothing_and_moves_no_address(opener):
    hand_in(opener, sample("rpo"))
    approve(opener)
    before = email(opener)

    hand_in(opener, second_of_rpo())
    run(opener, "onboarding")

    with opener()() as books:
        assert not books.session.exec(select(Person).where(Person.handle == "mallory")).all()
    assert signers(opener) == {"qin.rpo": "lin.buyer"}
    assert email(opener) == before
    approve(opener, "reject")
    assert signers(opener) == {"qin.rpo": "lin.buyer"}
    assert email(opener) == before


def test_the_buyer_sees_the_new_signer_and_each_changed_fact_before_he_approves(opener):
    hand_in(opener, sample("rpo"))
    approve(opener)
    before = email(opener)
    hand_in(opener, second_of_rpo())
    run(opener, "onboarding")

    with opener()() as books:
        (asked,) = [row for row in waiting(books) if row.kind == "qualification"]
        assert "mallory signing for it and with another address or email" in asked.question
        case = make.only(books, Qualification, program="bpo")
        party = make.only(books, Party, id=make.only(books, Supplier).party_id)
        assert contacts_shown(books, case, party) == {
            "signer": "mallory",
            "signers_so_far": ["qin.rpo"],
            "contact_changes": [{"fact": "email", "now": before, "then": f"mallory.{before}"}],
        }


def test_what_the_buyer_approved_of_a_known_party_is_entered_and_told(opener):
    hand_in(opener, sample("rpo"))
    approve(opener)
    before = email(opener)
    hand_in(opener, second_of_rpo())

    approve(opener)

    assert email(opener) == f"mallory.{before}"
    assert set(signers(opener)) == {"qin.rpo", "mallory"}
    with opener()() as books:
        told = make.only(books, Event, subject_table="party", action="changed")
        assert told.reason.startswith("email, by DEC-2026-")


def test_an_answer_given_before_the_facts_changed_does_not_approve_the_new_ones(opener):
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")

    hand_in(opener, changed("rpo", "signer: qin.rpo", "signer: mallory"))
    outcome = run(opener, "onboarding")

    assert outcome.waiting == ["QUA-2026-000001"]
    assert signers(opener) == {}


def test_a_handle_another_applicant_asked_for_first_is_refused(opener):
    hand_in(opener, sample("rpo"))

    with pytest.raises(Refused, match=r"signer: qin\.rpo is taken by somebody else"):
        hand_in(opener, changed("bpo", "signer: ", "signer: qin.rpo # "))


def test_a_handle_that_became_one_of_ours_meanwhile_is_not_given_to_a_supplier(opener):
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    with opener()() as books:
        make.person(books, "qin.rpo")
    make.reply(opener, "qualification", "lin.buyer")

    ((_, reason),) = run(opener, "onboarding").refused

    assert "qin.rpo is taken by somebody else" in reason
    assert signers(opener) == {}
