from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vendorops.domain.refusal import Refused
from vendorops.naming.index import built, loaded
from vendorops.registry import Unknown
from vendorops.scorers import CERTAIN, name_parts, names, nomenklatura, scorer
from vendorops.screening.report import BadPairs, Confusion, measured, read_pairs
from vendorops.screening.terms import POLICY

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "opensanctions-name-pairs"
CASES = CORPUS / "cases.csv"
NEWEST = POLICY.on(max(POLICY.versions))
beside = pytest.mark.skipif(
    not CASES.exists(), reason="the collection of name pairs is not beside this checkout"
)
KINDS = ("person", "organization", "entity")
WORD = st.text("abcdefghijklmnoprstuvz\u0431\u0434\u043b\u043d", min_size=1, max_size=9)
NAMES = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def enough(kind: str, one: str, other: str) -> bool:
    return name_parts.score(kind, one, [other]) >= NEWEST.threshold_e6


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Anatol Veresov", "Анатоль Вересов"),
        ("person", "Veresov, Anatol", "Anatol Veresov"),
        ("person", "Anatol Veresow", "Anatol Veresov"),
        ("person", "AnatolVeresov", "Anatol Veresov"),
        ("person", "A. Veresov", "Anatol Veresov"),
        ("person", "Anatol Petrovich Veresov", "Anatol Veresov"),
        ("organization", "Borealis Marine Trading FZE", "BOREALIS MARINE TRADING"),
        ("organization", "OOO Borealis", "Borealis Limited Liability Company"),
        ("organization", "Boreal1s Marine", "Borealis Marine"),
        ("organization", "Kestrel & Dunmore", "Kestrel and Dunmore Ltd"),
    ],
)
def test_names_that_mean_the_same_reach_the_threshold(kind, one, other):
    assert enough(kind, one, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Anatol Veresov", "Anatol Kovalenko"),
        ("person", "Marisol Quintanar", "Maribel Quintero"),
        ("organization", "Borealis Marine Trading", "Australis Marine Trading"),
        ("organization", "Committee for the Harvest of Stones", "Committee for Public Safety"),
        ("organization", "Kestrel Holdings Ltd", "Dunmore Holdings Ltd"),
    ],
)
def test_names_that_mean_others_stay_below_the_threshold(kind, one, other):
    assert not enough(kind, one, other)


@given(one=NAMES, other=NAMES, kind=st.sampled_from(KINDS))
@settings(deadline=None)
def test_a_score_is_bounded_and_the_same_from_either_side(one, other, kind):
    score = name_parts.score(kind, one, [other])

    assert 0 <= score <= CERTAIN
    assert score == name_parts.score(kind, other, [one])


@example(name="as", kind="organization")
@given(name=NAMES, kind=st.sampled_from(KINDS))
@settings(deadline=None)
def test_a_name_is_surely_itself_in_any_case(name, kind):
    assert name_parts.score(kind, name.upper(), [name]) >= NEWEST.threshold_e6


def test_the_best_of_several_names_counts():
    best = name_parts.score("person", "Anatol Veresov", ["Somebody Else", "Anatol Veresov"])

    assert best == CERTAIN
    assert name_parts.score("person", "Anatol Veresov", []) == 0


def test_every_scorer_of_the_shelf_offers_a_version_and_a_score():
    assert names() == ["name_parts", "nomenklatura"]
    for name in names():
        assert scorer(name).VERSION
    with pytest.raises(Unknown, match="name_parts"):
        scorer("guessing")


def test_the_optional_scorer_says_in_a_sentence_what_it_lacks():
    if "not installed" not in nomenklatura.VERSION:
        assert nomenklatura.score("person", "Anatol Veresov", ["Anatol Veresov"]) > 900_000
        return
    with pytest.raises(Refused, match="install vendorops with the extra nomenklatura"):
        nomenklatura.score("person", "Anatol Veresov", ["Anatol Veresov"])


@beside
def test_nine_of_ten_matches_of_the_collection_are_found_and_few_alarms_are_false():
    found = measured(read_pairs(CASES.read_bytes()), name_parts, NEWEST)[""]

    assert sum(found.told.values()) == 517
    assert (found.recall_e6 or 0) >= 900_000
    assert (found.precision_e6 or 0) >= 840_000
    assert (found.f1_e6 or 0) >= 875_000


@beside
def test_the_index_loses_almost_none_of_the_pairs_that_the_scorer_accepts():
    pairs = read_pairs(CASES.read_bytes())
    index = loaded(built([pair.other for pair in pairs]).dumped())

    accepted = [pair for pair in pairs if enough(pair.kind, pair.name, pair.other)]
    lost = [
        pair
        for pair in accepted
        if pair.other not in {index.names[at] for at in index.candidates(pair.name)}
    ]

    assert len(accepted) >= 275
    assert len(lost) <= 1, lost


def test_precision_and_recall_are_of_what_was_counted():
    confusion = Confusion()
    for same, said in ((True, True), (True, True), (True, False), (False, True), (False, False)):
        confusion.add(same=same, said=said)

    assert confusion.told == {
        "found": 2,
        "missed": 1,
        "false_alarms": 1,
        "rightly_passed": 1,
    }
    assert (confusion.precision_e6, confusion.recall_e6, confusion.f1_e6) == (666667,) * 3
    assert Confusion().precision_e6 is None


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"a,b\n1,2\n", b"schema,name1,name2,is_match\nVessel,A,B,true\n"],
)
def test_what_is_no_table_of_pairs_is_refused(data):
    with pytest.raises(BadPairs):
        read_pairs(data)


def test_pairs_are_counted_by_their_category():
    rows = [
        ("Person", "Anatol Veresov", "Anatol Veresow", "true", "slip"),
        ("Company", "Kestrel Ltd", "Dunmore Ltd", "false", ""),
    ]
    head = "schema,name1,name2,is_match,category"
    data = "\n".join([head, *(",".join(row) for row in rows)]).encode()

    found = measured(read_pairs(data), name_parts, NEWEST)

    assert set(found) == {"", "slip", "no category"}
    assert found["slip"].found == found["no category"].rightly_passed == 1
