"""Ranking all at once comes to what scoring one by one comes to, and every point is explained."""

from hypothesis import given, settings
from hypothesis import strategies as st

from vendorops.domain.ranking import (
    Candidate,
    Certified,
    Demand,
    Formula,
    Wanted,
    columns,
    explained,
    unmet,
)

KINDS = ("role", "level", "force", "industry", "certificate", "place", "language")
NAMES = [(kind, code) for kind in ("role", "force", "industry", "place") for code in "ab"]
DAY = 739_000
days = st.integers(DAY - 20, DAY + 20)

certificates = st.builds(
    lambda code, rank, begins, lasts: Certified(code, rank, 3, begins, begins + lasts),
    st.sampled_from("xy"),
    st.integers(1, 3),
    days,
    st.integers(1, 30),
)
people = st.builds(
    Candidate,
    reference=st.text("abc123", min_size=1, max_size=4),
    labels=st.dictionaries(st.sampled_from(NAMES), st.integers(1, 100)),
    certificates=st.lists(certificates, max_size=3).map(tuple),
    currency=st.sampled_from(("CNY", "EUR", "")),
    price=st.integers(-1, 300),
    free_from=days,
    free_to=days,
)
wanted = st.one_of(
    st.builds(
        lambda name, least, must: Wanted(name[0], name[1], least, must),
        st.sampled_from(NAMES),
        st.integers(0, 100),
        st.booleans(),
    ),
    st.builds(
        lambda code, least, must: Wanted("certificate", code, least, must),
        st.sampled_from("xyz"),
        st.integers(0, 3),
        st.booleans(),
    ),
)
demands = st.builds(
    lambda starts, lasts, asked, places, cap: Demand(
        starts, starts + lasts, tuple(asked), tuple(places), "CNY", cap
    ),
    days,
    st.integers(1, 30),
    st.lists(wanted, max_size=4),
    st.lists(st.sampled_from("ab"), max_size=2, unique=True),
    st.integers(0, 300),
)
formulas = st.builds(
    lambda weights, shares: Formula("test", weights, shares),
    st.fixed_dictionaries(dict.fromkeys((*KINDS, "price", "availability"), st.integers(0, 50))),
    st.booleans(),
)


def row_by_row(crowd, demand, formula, most):
    """The ranking as one would do it with pencil and paper."""
    scored = [
        (-sum(point.points for point in explained(person, demand, formula)), person.reference)
        for person in crowd
        if not unmet(person, demand)
    ]
    ordered = sorted(scored)[:most]
    return [(rank, reference, -score) for rank, (score, reference) in enumerate(ordered, 1)]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(people, max_size=25, unique_by=lambda person: person.reference),
    demands,
    formulas,
    st.integers(1, 10),
)
def test_all_at_once_is_the_same_as_row_by_row(crowd, demand, formula, most):
    found = columns(crowd).ranked(demand, formula, most)
    told = [(one.rank, one.reference, one.score) for one in found]
    assert told == row_by_row(crowd, demand, formula, most)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(people, min_size=2, max_size=12, unique_by=lambda person: person.reference),
    demands,
    formulas,
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_people_were_entered_changes_nothing(crowd, demand, formula, chance):
    before = columns(crowd).ranked(demand, formula, 12)
    chance.shuffle(crowd)
    assert columns(crowd).ranked(demand, formula, 12) == before


FORMULA = Formula("f", {**dict.fromkeys(KINDS, 10), "price": 10, "availability": 0}, shares=True)


def someone(**changed):
    usual = {
        "reference": "TAL-1",
        "labels": {("role", "a"): 100, ("place", "a"): 100},
        "free_from": 0,
        "free_to": 10**6,
    }
    return Candidate(**{**usual, **changed})


def test_equal_scores_are_ordered_by_reference():
    crowd = [someone(reference=name) for name in ("TAL-3", "TAL-1", "TAL-2")]
    demand = Demand(DAY, DAY + 1, (Wanted("role", "a"),))
    found = columns(crowd).ranked(demand, FORMULA, 2)
    assert [(one.rank, one.reference) for one in found] == [(1, "TAL-1"), (2, "TAL-2")]


def test_a_certificate_counts_until_the_day_before_it_ends():
    held = (Certified("x", 2, 3, DAY - 10, DAY),)
    asked = (Wanted("certificate", "x", 2, must=True),)
    day_before, day_after = Demand(DAY - 1, DAY + 9, asked), Demand(DAY, DAY + 9, asked)
    assert unmet(someone(certificates=held), day_before) == []
    assert unmet(someone(certificates=held), day_after) == [
        "lacks certificate x as asked on the first day"
    ]


def test_a_price_in_another_currency_is_never_below_the_cap():
    demand = Demand(DAY, DAY + 1, (), (), "CNY", 100)
    crowd = [someone(reference="eur", currency="EUR", price=1), someone(reference="silent")]
    assert columns(crowd).ranked(demand, FORMULA, 5) == []


def test_nobody_to_rank_is_an_empty_list():
    assert columns([]).ranked(Demand(DAY, DAY + 1, ()), FORMULA, 5) == []
