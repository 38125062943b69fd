import json

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.bank_accounts.protocol import found, prove
from tests.stages.onboarding.applying import changed, hand_in, load, run, sample
from vendorops.books import Answer, answer, waiting
from vendorops.tables import BankAccount, CheckFinding, Party, Qualification, Review, Supplier

THEIRS = "深圳勤途人力资源有限公司 Shenzhen Qintu Human Resources Co. Ltd."
NUMBER = "91440300MA5F7Q2R26"
ANOTHER = "91440300MA5F7Q2T4D"
ACCOUNT = "4000021309200456789"
TAKEN = "1001234509006789012"


@pytest.fixture(autouse=True)
def company(opener):
    load(opener)


def known(opener, name=THEIRS, **columns):
    """A supplier that is in the books under this name, with a number of its own."""
    with opener()() as books:
        return make.supplier(books, make.party(books, name=name, **columns)).reference


def raised(opener) -> list[Review]:
    with opener()() as books:
        return list(books.session.exec(select(Review).order_by(col(Review.id))))


@pytest.mark.parametrize(
    "name",
    [
        "Shenzhen Qintu Human Resources Limited",
        "SHENZHEN QINTU HUMAN RESOURCES CO LTD",
        "Shenzhen Q\u0456ntu Human Resources Co. Ltd.",
        "Shenzhen Qintu Hurnan Resources Co. Ltd.",
        "深圳勤途人力資源股份有限公司",
        "深圳勤途人力资源有限公司",
        "Shen Zhen Qin Tu Human Resources",
    ],
)
def test_a_name_that_looks_or_sounds_like_a_known_one_is_put_to_the_buyer(opener, name):
    other = known(opener, name)
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")

    (review,) = raised(opener)
    seen = json.loads(review.evidence)
    assert (review.kind, review.role, review.status) == ("lookalike", "buyer", "open")
    assert (seen["other"], seen["other_name"]) == (other, name)
    with opener()() as books:
        assert waiting(books) == []
        assert make.only(books, CheckFinding).code == "name-like-another"


@pytest.mark.parametrize(
    "name",
    ["深圳勤利人力资源有限公司", "Shenzhen Jintu Human Resources Co. Ltd.", "深圳有限公司"],
)
def test_a_name_that_is_merely_similar_raises_no_doubt(opener, name):
    known(opener, name)
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")

    assert raised(opener) == []


def test_the_case_goes_on_when_the_buyer_finds_the_look_alike_harmless(opener):
    known(opener)
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    run(opener, "reviews")
    make.reply(opener, "review", "lin.buyer")
    run(opener, "reviews")
    run(opener, "onboarding")

    with opener()() as books:
        assert [asked.kind for asked in waiting(books)] == ["qualification"]


def test_the_case_ends_when_the_buyer_finds_the_look_alike_true(opener):
    known(opener)
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    run(opener, "reviews")
    make.reply(opener, "review", "lin.buyer", "reject")
    run(opener, "reviews")
    run(opener, "onboarding")

    with opener()() as books:
        assert make.only(books, Qualification).status == "rejected"


def test_people_of_one_name_are_looked_at_only_when_they_share_more_than_it(opener):
    with opener()() as books:
        name = next(
            line.partition(": ")[2]
            for line in sample("freelance").decode().splitlines()
            if line.startswith("  name: ")
        )
        namesake = make.party(books, name=name, kind="person", address="elsewhere", email="")
        make.supplier(books, namesake)
    hand_in(opener, sample("freelance"))
    run(opener, "onboarding")
    assert raised(opener) == []

    with opener()() as books:
        mail = make.only(books, Qualification).email
        for party in books.session.exec(select(Party).where(col(Party.name) == name)):
            party.email = mail
        case = make.only(books, Qualification)
        make.reach(books, case, "submitted")
    run(opener, "onboarding")
    assert [review.kind for review in raised(opener)] == ["lookalike"]


def test_a_known_number_under_another_name_is_put_to_the_buyer_and_changes_nothing(opener):
    hand_in(opener, sample("rpo"))
    case = hand_in(opener, changed("rpo", "  name: 深圳勤途", "  name: 深圳勤图"))
    run(opener, "onboarding")

    (review,) = raised(opener)
    seen = json.loads(review.evidence)
    assert review.kind == "lookalike"
    assert seen["known_as"] == THEIRS
    assert seen["applied_as"] == case.name == THEIRS.replace("勤途", "勤图")
    assert seen["identifier"] == "cn_uscc ••••2R26"
    assert NUMBER not in review.evidence + review.question
    with opener()() as books:
        assert make.only(books, Supplier).reference == "SUP-2026-000001"
        assert THEIRS in books.session.exec(select(Party.name)).all()
        assert waiting(books) == []


def shared(opener):
    """An applicant proposes the account that is another supplier's."""
    with opener()() as books:
        owner = make.party(books, name="云枢")
        make.supplier(books, owner)
    hand_in(opener, sample("bpo"))
    run(opener, "onboarding")
    hand_in(opener, changed("rpo", ACCOUNT, TAKEN))
    run(opener, "onboarding")


def test_the_account_of_another_party_may_be_proposed_but_is_put_to_the_buyer(opener):
    shared(opener)

    (review,) = raised(opener)
    seen = json.loads(review.evidence)
    assert (review.kind, review.subject_table) == ("shared_account", "bankaccount")
    assert (seen["other"], seen["other_account"]) == ("SUP-2026-000002", "ACC-2026-000002")
    assert TAKEN not in review.evidence + review.question
    with opener()() as books:
        theirs = make.only(books, Review)
        assert (
            theirs.party_id != make.only(books, BankAccount, reference="ACC-2026-000002").party_id
        )
        assert [asked.subject_reference for asked in waiting(books)] == ["QUA-2026-000001"]


def qualify(opener):
    run(opener, "onboarding")
    make.reply(opener, "qualification", "lin.buyer")
    run(opener, "onboarding")


def settle(opener, **says: str) -> None:
    """Let the buyer answer each doubt by whose application it is about."""
    run(opener, "reviews")
    with opener(actor="lin.buyer")() as books:
        for asked in waiting(books):
            party = books.get(Party, asked.party_id)
            who = "rpo" if party.name == THEIRS else "bpo"
            answer(books, Answer(asked.reference, says[who], "called both"))
    run(opener, "reviews")


def test_a_mere_proposal_does_not_keep_the_true_owner_from_using_the_account(opener):
    hand_in(opener, changed("rpo", ACCOUNT, TAKEN))
    hand_in(opener, sample("bpo"))
    run(opener, "onboarding")
    settle(opener, rpo="reject", bpo="approve")
    found(opener, "SUP-2026-000002")
    qualify(opener)
    prove(opener)

    with opener()() as books:
        first, second = (
            make.only(books, BankAccount, reference=f"ACC-2026-00000{number}") for number in (2, 3)
        )
        assert (first.status, second.status) == ("proposed", "verified")
        assert first.number_index == second.number_index
        assert [case.status for case in books.session.exec(select(Qualification))] == [
            "rejected",
            "approved",
        ]


def test_an_account_in_use_never_comes_into_use_for_another_party(opener):
    shared(opener)
    run(opener, "reviews")
    make.reply(opener, "review", "lin.buyer")
    run(opener, "reviews")
    for supplier in ("SUP-2026-000002", "SUP-2026-000003"):
        found(opener, supplier)
    qualify(opener)
    prove(opener)
    ((first, reason),) = run(opener, "bank_accounts").refused

    assert first == "ACC-2026-000003"
    assert "which another party uses" in reason
    with opener()() as books:
        assert make.only(books, BankAccount, reference=first).status == "proposed"


def test_the_same_duplicates_are_not_raised_twice(opener):
    known(opener)
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")
    with opener()() as books:
        make.reach(books, make.only(books, Qualification), "submitted")

    run(opener, "onboarding")

    assert len(raised(opener)) == 1
