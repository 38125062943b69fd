"""Scores from computing to final, and what another formula would have made of them."""

from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.make.searches import filled
from tests.soundness import broken
from vendorops.books.questions import NotAllowed
from vendorops.domain.lifecycle import IllegalMove
from vendorops.domain.periods import Period
from vendorops.domain.reasons import Wordless
from vendorops.stages import sweep
from vendorops.tables import Party, ScorecardRun, ScoreLine, Supplier
from vendorops.working import scorecards
from vendorops.working.scorecards import NotScorable
from vendorops.working.scores import minimum_score
from vendorops.working.sourcing.gates.score import shut

QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))
JANUARY = date(2027, 1, 4)
"""A Monday; ten working days on is the 18th."""
OVER = date(2027, 1, 19)
CODE = "suppliers"


@pytest.fixture
def contract(opener):
    """A supplier that filled one search, whose person did not start; and the people."""
    with opener()() as books:
        make.people(books)
        found = make.contract(books)
        supplier = books.get(Supplier, found.supplier_id)
        make.signer(books, books.get(Party, supplier.party_id))
        filled(books, found)
        return found


@pytest.fixture(autouse=True)
def sound(opener):
    yield
    with opener(as_of=date(2100, 1, 1))() as books:
        assert broken(books) == []


def computed(opener, contract, as_of=JANUARY):
    with opener(as_of=as_of)() as books:
        supplier = books.get(Supplier, contract.supplier_id)
        return scorecards.compute(books, CODE, supplier, QUARTER)


def published(opener, contract):
    run = computed(opener, contract)
    with opener(as_of=JANUARY, actor="wang.approver")() as books:
        scorecards.publish(books, books.get(ScorecardRun, run.id))
    return run


def contested(opener, contract):
    run = published(opener, contract)
    with opener(as_of=JANUARY, actor="he.hengxin")() as books:
        scorecards.contest(books, books.get(ScorecardRun, run.id), "she started on the 24th")
    sweep("scorecards", opener(as_of=JANUARY))
    return run


def status(opener, run):
    with opener()() as books:
        return books.get(ScorecardRun, run.id).status


def test_a_score_follows_from_the_figures_kept_with_it(opener, contract):
    run = computed(opener, contract)

    with opener()() as books:
        lines = {
            line.metric: line.points_e4
            for line in books.session.exec(select(ScoreLine).filter_by(scorecard_run_id=run.id))
        }
    # 9 of 45 to 9 hours, 16 of 180 to 45: all points; offered and not started: none.
    assert {name: points for name, points in lines.items() if points is not None} == {
        "time_to_submit": 1_000_000,
        "time_to_fill": 1_000_000,
        "submit_to_interview": 1_000_000,
        "fill_rate": 1_000_000,
        "offer_to_start": 0,
    }
    assert run.score_e4 == (10 + 10 + 10 + 15) * 10**6 // 55 + 1  # 81.81818… rounds up.
    assert (run.band, run.tier, run.status) == ("silver", 2, "computed")


def test_the_same_figures_are_one_score_and_other_ones_replace_it_unpublished(opener, contract):
    run = computed(opener, contract)
    assert computed(opener, contract).id == run.id
    with opener()() as books:
        make.service_sheet(books, contract, [])

    again = computed(opener, contract)

    assert (again.version, again.status) == (2, "computed")
    assert status(opener, run) == "withdrawn"


def test_a_published_score_is_not_replaced_when_other_facts_come_up(opener, contract):
    published(opener, contract)
    with opener()() as books:
        make.service_sheet(books, contract, [])

    with pytest.raises(NotScorable, match="only where its supplier contests it"):
        computed(opener, contract)


def test_a_quarter_that_is_not_over_is_not_scored(opener, contract):
    with pytest.raises(NotScorable, match="score it from 2027-01-01 on"):
        computed(opener, contract, as_of=date(2026, 12, 31))


@pytest.mark.parametrize("who", ["lin.buyer", "he.hengxin", "system:test"])
def test_nobody_but_an_approver_publishes_a_score(opener, contract, who):
    run = computed(opener, contract)

    with opener(as_of=JANUARY, actor=who)() as books, pytest.raises(NotScorable, match="role"):
        scorecards.publish(books, books.get(ScorecardRun, run.id))


def test_a_score_nobody_contests_in_time_becomes_final_the_day_after(opener, contract):
    run = published(opener, contract)

    assert sweep("scorecards", opener(as_of=date(2027, 1, 18))).advanced == []
    refused = sweep("scorecards", opener(as_of=date(2027, 1, 18)), [run.id]).refused
    sweep("scorecards", opener(as_of=OVER))

    assert "may be contested until 2027-01-18; wait" in refused[0][1]
    assert status(opener, run) == "final"


CONTESTS = {
    "does not sign for": ("lin.buyer", JANUARY, "wrong"),
    "say why": ("he.hengxin", JANUARY, "  "),
    "until 2027-01-18 only": ("he.hengxin", OVER, "wrong"),
}


@pytest.mark.parametrize("sentence", CONTESTS)
def test_a_contest_is_the_signers_in_time_and_with_a_reason(opener, contract, sentence):
    who, as_of, reason = CONTESTS[sentence]
    run = published(opener, contract)

    with (
        opener(as_of=as_of, actor=who)() as books,
        pytest.raises((NotScorable, Wordless), match=sentence),
    ):
        scorecards.contest(books, books.get(ScorecardRun, run.id), reason)


def test_a_contest_granted_withdraws_the_score_and_refused_makes_it_final(opener, contract):
    run = contested(opener, contract)
    make.reply(opener, "score_contest", "chen.approver", as_of=JANUARY)
    sweep("scorecards", opener(as_of=JANUARY))
    assert status(opener, run) == "withdrawn"

    again = contested(opener, contract)
    make.reply(opener, "score_contest", "chen.approver", "reject", as_of=JANUARY)
    sweep("scorecards", opener(as_of=JANUARY))
    assert (again.version, status(opener, again)) == (2, "final")


@pytest.mark.parametrize("who", ["he.hengxin", "wang.approver"])
def test_neither_who_contests_nor_who_published_decides(opener, contract, who):
    contested(opener, contract)

    with pytest.raises(NotAllowed):
        make.reply(opener, "score_contest", who, as_of=JANUARY)


def test_a_final_score_is_never_changed(opener, contract):
    run = published(opener, contract)
    sweep("scorecards", opener(as_of=OVER))

    with opener(as_of=OVER, actor="he.hengxin")() as books:
        row = books.get(ScorecardRun, run.id)
        row.contest_until = None
        with pytest.raises(IllegalMove):
            scorecards.contest(books, row, "too low")
        books.session.rollback()
    assert status(opener, run) == "final"


def test_only_a_final_score_opens_the_gate_of_a_tier(opener, contract):
    run = published(opener, contract)
    with opener(as_of=OVER)() as books:
        row = make.searches.released(books, make.searches.wanted(books), contract)
        row.gate_minimum = 81
        before = shut(books, row)
        books.session.rollback()
    sweep("scorecards", opener(as_of=OVER))

    with opener(as_of=OVER)() as books:
        supplier = books.get(Supplier, contract.supplier_id)
        row = make.searches.released(books, make.searches.wanted(books), contract)
        row.gate_minimum = 81
        assert shut(books, row) == ""
        row.gate_minimum = 82
        assert "scored 81 points; 82 are asked" in shut(books, row)
        assert minimum_score(books, supplier, OVER) == run.score_e4
        assert minimum_score(books, supplier, JANUARY) is None
        books.session.rollback()
    assert "has no final score" in before
