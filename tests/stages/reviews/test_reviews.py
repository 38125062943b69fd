import pytest

from tests import make
from tests.stages.onboarding.applying import hand_in, load, run, sample
from vendorops.books import Answer, answer, waiting
from vendorops.books.reviewing import Doubt, doubt, doubts
from vendorops.domain.lifecycle import ReviewStatus
from vendorops.tables import Party, Qualification, Review, Supplier


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


def doubted(opener, saw: str = "a name like another's") -> str:
    """An application of the RPO about which somebody must settle a doubt."""
    hand_in(opener, sample("rpo"))
    with opener()() as books:
        party = books.get(Party, make.only(books, Supplier).party_id)
        found = Doubt("lookalike", party, party.id, "Is it another company?", {"saw": saw})
        return doubt(books, found).reference


def settle(opener, says: str) -> None:
    with opener(actor="lin.buyer")() as books:
        (asked,) = [row for row in waiting(books) if row.kind == "review"]
        answer(books, Answer(asked.reference, says, "looked into it"))
    run(opener, "reviews")


def test_the_same_doubt_is_raised_once_and_another_one_anew(opener):
    first = doubted(opener)

    assert doubted(opener) == first
    assert doubted(opener, "an account like another's") != first


def test_a_case_waits_until_the_doubt_about_its_applicant_is_settled(opener):
    doubted(opener)

    assert run(opener, "onboarding").waiting == ["QUA-2026-000001"]
    assert run(opener, "reviews").waiting == ["REV-2026-000001"]
    with opener()() as books:
        assert [row.kind for row in waiting(books)] == ["review"]

    settle(opener, "approve")
    run(opener, "onboarding")
    with opener()() as books:
        assert make.only(books, Review).status == ReviewStatus.CLEARED
        assert [row.kind for row in waiting(books)] == ["qualification"]


def test_a_doubt_found_true_ends_the_case_without_asking_the_buyer(opener):
    doubted(opener)
    run(opener, "onboarding")
    run(opener, "reviews")

    settle(opener, "reject")
    run(opener, "onboarding")

    with opener()() as books:
        assert make.only(books, Qualification).status == "rejected"
        assert waiting(books) == []
        party = make.only(books, Supplier).party_id
        assert [row.kind for row in doubts(books, party, ReviewStatus.CONFIRMED)] == ["lookalike"]
