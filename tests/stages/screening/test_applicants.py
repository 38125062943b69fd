from tests import make
from tests.stages.onboarding.applying import hand_in, load, run, sample
from tests.stages.screening.listing import listed, reviews, settle
from vendorops.books import waiting
from vendorops.tables import Qualification

LIKE_THEM = "W-9,Company,Shenzhen Qintu Human Resource Ltd,,,cn,X\n"


def applied(opener, *rows: str) -> None:
    load(opener)
    if rows:
        listed(opener, *rows)
    hand_in(opener, sample("rpo"))
    run(opener, "onboarding")


def test_an_applicant_like_an_entry_reaches_the_buyer_only_when_compliance_cleared_it(opener):
    applied(opener, LIKE_THEM)
    with opener()() as books:
        assert waiting(books) == []

    settle(opener, "approve")
    run(opener, "onboarding")

    with opener()() as books:
        assert [asked.kind for asked in waiting(books)] == ["qualification"]


def test_the_case_of_an_applicant_whose_hit_is_true_ends(opener):
    applied(opener, LIKE_THEM)
    settle(opener, "reject")
    run(opener, "onboarding")

    with opener()() as books:
        assert make.only(books, Qualification).status == "rejected"


def test_a_list_that_came_in_after_the_check_still_stops_an_approval(opener):
    applied(opener)
    make.reply(opener, "qualification", "lin.buyer")
    listed(opener, LIKE_THEM)

    run(opener, "onboarding")

    with opener()() as books:
        assert make.only(books, Qualification).status == "in_review"
    assert [review.status for review in reviews(opener)] == ["open"]
