"""People are ranked for demands as they are on the day, and every place is explained."""

import json
from datetime import date

import pytest

from tests.make import talent
from tests.make.talent import CERTIFICATION, DEMAND, REGISTRAR, as_
from vendorops import labels
from vendorops.documents.forms import BadForm
from vendorops.domain.ranking import explained, unmet
from vendorops.tables import TalentProfile
from vendorops.talent.back_testing import back_test
from vendorops.talent.candidates import candidate, circle
from vendorops.talent.demands import place_demand, wanted_by
from vendorops.talent.matching import (
    NotProposed,
    OutcomeKnown,
    OutsideTheFrame,
    propose,
    rank,
    tell_outcome,
)
from vendorops.talent.pool import load, pool
from vendorops.talent.rights import NotYours

FORMULA = labels.formula("2026.1")
LEVEL = DEMAND + "  - {kind: level, code: silver}\n"


@pytest.fixture
def crowd(books, agency):
    """Three anchors: a plain one, one who is dearer but knows beauty, one who is not verified."""
    plain = talent.profile(books, agency, 1)
    beauty = talent.profile(
        books,
        agency,
        2,
        industries=[{"code": "beauty", "proficiency": 90}],
        remuneration={"currency": "CNY", "hourlyAmount": "190.00"},
        certifications=[CERTIFICATION],
    )
    talent.profile(books, agency, 3, proposable=False)
    return plain, beauty


def test_only_who_may_be_proposed_is_ranked_and_points_add_up(books, crowd):
    found = rank(books, talent.demand(books), FORMULA, 10)
    plain, beauty = crowd
    assert [place.ranked.reference for place in found] == [beauty.reference, plain.reference]
    for place in found:
        assert sum(point.points for point in place.points) == place.ranked.score


def test_the_points_are_those_of_the_formula(books, crowd):
    plain, _ = crowd
    found = rank(books, talent.demand(books), FORMULA, 10)[1]
    told = {(point.kind, point.code): point.points for point in found.points}
    assert found.ranked.reference == plain.reference
    assert told == {
        ("role", "2.3.4"): 30 * 80,
        ("industry", "beauty"): 20 * (60 * 100 // 80),
        ("language", "zh"): 5 * 100,
        ("place", ""): 4 * 100,
        ("price", ""): 6 * 40,
        ("availability", ""): 4 * 100,
    }


def test_the_columns_from_the_books_are_the_people_row_by_row(books, agency, crowd):
    talent.assessed(books, crowd[0], 95, 91, 90, 92, 99)
    talent.profile(books, agency, 4, workLocations=["cn-bj"])
    talent.profile(books, agency, 5, remuneration=None, availability=None)
    text = LEVEL + "  - {kind: certificate, code: omc.web_anchor, level: junior}\n"
    text += "  - {kind: force, code: charm, at_least: 92}\n"
    demand = wanted_by(talent.demand(books, text))
    columns = load(books, books.as_of)
    scores = columns._scores(demand, FORMULA)  # noqa: SLF001 - of those outside the frame too.
    fits = columns._fits(demand)  # noqa: SLF001 - as above.
    assert len(columns.references) == 4
    for at, reference in enumerate(columns.references):
        person = candidate(books, books.named(TalentProfile, reference), books.as_of)
        points = explained(person, demand, FORMULA)
        assert sum(point.points for point in points) == scores[at]
        assert fits[at] == (not unmet(person, demand))


def test_columns_stay_in_memory_until_something_happens(books, agency, crowd):
    first = pool(books, books.as_of)
    assert pool(books, books.as_of) is first
    talent.profile(books, agency, 7)
    assert len(pool(books, books.as_of).references) == len(first.references) + 1 == len(crowd) + 1


def test_who_is_gold_is_found_as_silver_and_a_newer_assessment_takes_over(books, crowd):
    plain, _ = crowd
    text = LEVEL.replace("code: silver", "code: silver, must: yes")
    row = talent.demand(books, text)
    assert rank(books, row, FORMULA, 5) == []
    talent.assessed(books, plain, 95, 91, 90, 92, 99)
    assert [one.ranked.reference for one in rank(books, row, FORMULA, 5)] == [plain.reference]
    talent.assessed(books, plain, 95, 91, 74, 92, 99)
    assert rank(books, row, FORMULA, 5) == []


def test_an_assessment_decides_the_circle(books, crowd):
    plain, _ = crowd
    assert circle(books, plain, books.as_of).code == "anchor_candidates"
    talent.assessed(books, plain, 60, 60, 60, 60, 60)
    assert circle(books, plain, books.as_of).code == "anchors"
    assert talent.assessed(books, plain, 90, 90, 90, 90, 90).grade == "gold"
    assert circle(books, plain, books.as_of).code == "gold_anchors"


def test_somebody_outside_the_frame_is_refused_with_what_is_missing(books, agency):
    dear = {"currency": "CNY", "hourlyAmount": "200.01"}
    row = talent.profile(books, agency, 1, remuneration=dear, workLocations=["cn-bj"])
    with pytest.raises(OutsideTheFrame, match="none of cn-sh, and costs more than the cap"):
        propose(as_(books, REGISTRAR), talent.demand(books), row, FORMULA)


def test_a_proposal_keeps_its_place_and_its_points_and_twice_is_once(books, crowd):
    _, beauty = crowd
    demand = talent.demand(books)
    buyer = as_(books, REGISTRAR)
    first = propose(buyer, demand, beauty, FORMULA)
    assert propose(buyer, demand, beauty, FORMULA).id == first.id
    assert (first.rank, first.formula) == (1, "2026.1")
    assert sum(point["points"] for point in json.loads(first.points)) == first.score


def test_an_outcome_is_said_once(books, crowd):
    plain, _ = crowd
    demand, buyer = talent.demand(books), as_(books, REGISTRAR)
    with pytest.raises(NotProposed, match="never proposed"):
        tell_outcome(buyer, demand, plain, "hired")
    propose(buyer, demand, plain, FORMULA)
    tell_outcome(buyer, demand, plain, "interviewed")
    tell_outcome(buyer, demand, plain, "hired")
    with pytest.raises(OutcomeKnown, match="was hired"):
        tell_outcome(buyer, demand, plain, "declined")


def test_the_back_test_says_who_would_have_moved(books, crowd):
    plain, beauty = crowd
    demand, buyer = talent.demand(books), as_(books, REGISTRAR)
    propose(buyer, demand, beauty, FORMULA)
    tell_outcome(buyer, demand, beauty, "hired")
    same = back_test(books, FORMULA)
    assert [(one.talent, one.would) for one in same] == [(beauty.reference, "stay")]
    cheap = labels.formula("2022.1")
    weights = {**cheap.weights, "price": 100}
    moved = back_test(books, type(cheap)("dear is bad", weights, shares=False))
    assert [(one.talent, one.outcome, one.would) for one in moved] == [
        (beauty.reference, "hired", "fall by 1"),
        (plain.reference, "", "come in"),
    ]


def test_a_demand_placed_twice_is_one_and_only_buyers_place_it(books, agency):
    assert agency
    assert talent.demand(books).id == talent.demand(books).id
    with pytest.raises(NotYours, match="buyer"):
        place_demand(as_(books, talent.VERIFIER), DEMAND.encode())


WRONG = [
    ("  - {kind: sex, code: f}\n", "about sex"),
    ("  - {kind: industry, code: age}\n", "about age"),
    ("  - {kind: industry, code: beauty, age: '30'}\n", "about age"),
    ("gender: f\n", "about sex"),
    ("  - {kind: industry, code: magic}\n", "no industry"),
    ("  - {kind: certificate, code: omc.web_anchor, level: master}\n", "no level"),
    ("  - {kind: certificate, code: omc.web_anchor, at_least: 50}\n", "instead of at_least"),
    ("  - {kind: role, code: 2.3.4, level: gold}\n", "only certificates have a level"),
    ("  - {kind: role, code: 2.3.4, at_least: 101}\n", "correct it"),
]


def test_demands_that_may_not_or_cannot_be_are_refused_by_name(books, agency):
    assert agency
    for line, said in WRONG:
        with pytest.raises(Exception, match=said):
            talent.demand(books, DEMAND + line)
    with pytest.raises(BadForm, match="ends: must lie after starts"):
        talent.demand(books, DEMAND.replace("2026-12-10", "2026-11-10"))
    with pytest.raises(BadForm, match="above zero"):
        talent.demand(books, DEMAND.replace("200.00", "0"))


def test_people_are_ranked_as_they_were_described_on_the_day(books, agency):
    row = talent.profile(books, agency)
    assert load(books, date(2026, 11, 3)).references == ()
    assert load(books, date(2026, 11, 4)).references == (row.reference,)
