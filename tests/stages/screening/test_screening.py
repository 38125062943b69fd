import json
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.onboarding.applying import run
from tests.stages.screening.listing import BOREALIS, HEAD, VERESOV, listed, reviews, settle
from vendorops.books import waiting
from vendorops.books.questions import NotAllowed
from vendorops.domain.dated import Dated
from vendorops.screening import due, load_watchlist, obstacle, terms
from vendorops.tables import (
    Party,
    Screening,
    Supplier,
    WatchEntry,
)


def working(opener, name: str = "Borealis Marine Trading LLC", **columns) -> int:
    with opener()() as books:
        party = make.party(books, name=name)
        make.supplier(books, party, **columns)
        return party.id


def test_a_party_like_an_entry_is_put_to_compliance_with_all_that_was_seen(opener):
    working(opener)
    listed(opener, BOREALIS, VERESOV)

    run(opener, "screening")

    (review,) = reviews(opener)
    seen = json.loads(review.evidence)
    assert (review.kind, review.role, review.status) == ("screening", "compliance", "open")
    assert (seen["list"], seen["entry"], seen["countries"]) == ("own", "W-1", "ae")
    assert seen["entry_names"] == ["Borealis Marine Trading FZE", "Boreal Marine"]
    assert seen["score"] >= terms.POLICY.on(make.AS_OF).threshold_e6
    assert "rigour" in seen["scorer"]
    run(opener, "reviews")
    with opener()() as books:
        assert [asked.role for asked in waiting(books)] == ["compliance"]


def test_a_party_like_nobody_is_screened_and_nobody_is_asked(opener):
    working(opener, "Kestrel Catering Ltd")
    listed(opener, BOREALIS, VERESOV)

    run(opener, "screening")

    assert reviews(opener) == []
    with opener()() as books:
        assert make.only(books, Screening).hits == 0
        assert due(books) == []


def test_a_company_is_not_taken_for_a_person_of_its_name(opener):
    working(opener, "Anatol Veresov Ltd")
    listed(opener, VERESOV)

    run(opener, "screening")

    assert reviews(opener) == []


def test_nothing_is_screened_while_no_list_is_loaded(opener):
    working(opener)

    assert run(opener, "screening").advanced == []


def test_a_second_run_finds_nothing_to_do(opener):
    working(opener)
    listed(opener, BOREALIS)
    run(opener, "screening")

    assert run(opener, "screening").advanced == []
    assert len(reviews(opener)) == 1


@pytest.mark.parametrize("status", ["registered", "qualified", "preferred", "suspended"])
def test_suppliers_in_every_state_are_screened_but_those_off_boarded(opener, status):
    ident = working(opener, status=status)
    working(opener, "Borealis Marine", status="off_boarded")
    listed(opener, BOREALIS)

    with opener()() as books:
        assert due(books) == [ident]


def test_who_holds_an_account_for_the_party_is_screened_too(opener):
    ident = working(opener, "Kestrel Catering Ltd")
    with opener()() as books:
        make.bank_account(books, books.get(Party, ident), holder="Borealis Marine Trading")
    listed(opener, BOREALIS)

    run(opener, "screening")

    assert json.loads(reviews(opener)[0].evidence)["name"] == "Borealis Marine Trading"


def test_a_new_version_that_says_the_same_of_him_asks_nobody_again(opener):
    working(opener)
    listed(opener, BOREALIS)
    run(opener, "screening")
    settle(opener, "approve")
    listed(opener, BOREALIS, VERESOV)

    assert len(run(opener, "screening").advanced) == 1
    assert [review.status for review in reviews(opener)] == ["cleared"]


def test_an_entry_that_changed_is_put_to_compliance_anew(opener):
    working(opener)
    listed(opener, BOREALIS)
    run(opener, "screening")
    settle(opener, "approve")
    listed(opener, BOREALIS.replace(",ae,", ",ae;ir,"))

    run(opener, "screening")

    assert [review.status for review in reviews(opener)] == ["cleared", "open"]
    with opener()() as books:
        entries = books.session.exec(select(WatchEntry).order_by(col(WatchEntry.id))).all()
        assert [entry.dropped_by is None for entry in entries] == [False, True]


def test_another_threshold_or_scorer_has_everybody_screened_again(opener, monkeypatch):
    ident = working(opener)
    listed(opener, BOREALIS)
    run(opener, "screening")
    policy = terms.POLICY.on(make.AS_OF)
    stricter = replace(policy, threshold_e6=policy.threshold_e6 - 10_000)
    monkeypatch.setattr(terms, "POLICY", Dated("the policy", {date(2026, 1, 1): stricter}))

    with opener()() as books:
        assert due(books) == [ident]
    run(opener, "screening")
    assert len(reviews(opener)) == 1


def test_another_name_of_the_party_has_it_screened_again(opener):
    ident = working(opener, "Kestrel Catering Ltd")
    listed(opener, BOREALIS)
    run(opener, "screening")
    with opener()() as books:
        make.bank_account(books, books.get(Party, ident), holder="Somebody Else")

    with opener()() as books:
        assert due(books) == [ident]


def test_a_supplier_whose_hit_is_found_true_is_suspended_with_the_reason(opener):
    ident = working(opener)
    listed(opener, BOREALIS)
    run(opener, "screening")
    settle(opener, "reject")

    run(opener, "screening")

    with opener()() as books:
        assert make.only(books, Supplier, party_id=ident).status == "suspended"
        assert "was found true" in obstacle(books, ident)
    assert run(opener, "screening").advanced == []


def test_a_hit_stands_in_the_way_of_payment_until_it_is_cleared(opener):
    ident = working(opener)
    listed(opener, BOREALIS)
    run(opener, "screening")
    with opener()() as books:
        assert "REV-2026-000001 nobody has decided" in obstacle(books, ident)
    settle(opener, "approve")

    with opener()() as books:
        assert obstacle(books, ident) == ""
        assert make.only(books, Supplier, party_id=ident).status == "qualified"


def test_the_same_file_loaded_again_changes_nothing(opener):
    first = listed(opener, BOREALIS)

    assert listed(opener, BOREALIS).id == first.id


def test_who_does_not_hold_the_role_may_not_load_a_list(opener):
    with (
        pytest.raises(NotAllowed, match="does not hold the role 'compliance'"),
        opener(actor="lin.buyer")() as books,
    ):
        load_watchlist(books, (HEAD + BOREALIS).encode(), "own")
