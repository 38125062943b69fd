"""A grade needs every force at its level; people are sorted into one circle each."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops import labels
from vendorops.domain.talent import BadScores, circle_of
from vendorops.labels.reading import BadLabels, entries_from
from vendorops.labels.vocabulary import KINDS, Label

DAY = date(2026, 11, 4)
FORCES = ("business", "charm", "mental", "platform", "industry")
MODELS = (
    *("web_anchor", "live_operator", "short_video_operator", "store_operator"),
    "qianchuan_ad_optimiser",
)
ANCHOR = labels.competency("web_anchor", DAY)


@given(st.fixed_dictionaries(dict.fromkeys(FORCES, st.integers(0, 100))))
def test_a_grade_needs_every_force_at_its_level(scores):
    least = {"": 0, "junior": 60, "silver": 75, "gold": 90}
    grade = ANCHOR.grade(scores)
    assert all(score >= least[grade] for score in scores.values())
    above = [value for value in least.values() if value > least[grade]]
    assert not above or any(score < min(above) for score in scores.values())


@pytest.mark.parametrize("model", MODELS)
def test_every_competency_model_has_dimensions_and_grades(model):
    found = labels.competency(model, DAY)
    assert found.grade(dict.fromkeys(found.dimensions, 100)) == "gold"
    assert found.grades_up_to("silver") == ("junior", "silver")


@pytest.mark.parametrize(
    "scores",
    [
        dict.fromkeys(FORCES[1:], 80),
        {**dict.fromkeys(FORCES, 80), "looks": 80},
        {**dict.fromkeys(FORCES, 80), "charm": 101},
        {**dict.fromkeys(FORCES, 80), "charm": -1},
    ],
)
def test_scores_that_do_not_fit_the_model_are_refused(scores):
    with pytest.raises(BadScores, match=r"look at|lies between"):
        ANCHOR.grade(scores)


def test_a_model_is_refused_before_it_was_in_force():
    with pytest.raises(labels.UnknownLabel, match="web_anchor"):
        labels.competency("web_singer", DAY)
    with pytest.raises(Exception, match="starts 2022-01-01"):
        labels.competency("web_anchor", date(2021, 12, 31))


@pytest.mark.parametrize(
    ("held", "circle"),
    [
        ({("role", "2.3.4"), ("level", "gold"), ("level", "junior")}, "gold_anchors"),
        ({("role", "2.3.4"), ("level", "junior")}, "anchors"),
        ({("role", "2.3.4")}, "anchor_candidates"),
        ({("role", "1.4.3"), ("level", "gold")}, "operators"),
        ({("role", "7.2")}, "others"),
        (set(), "others"),
    ],
)
def test_everybody_belongs_to_one_circle(held, circle):
    assert circle_of(labels.circles(DAY), held).code == circle


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_label_has_words_in_two_languages(kind):
    found = labels.labels(kind, DAY)
    assert found
    assert all(word.en and word.zh for word in found.values())


def test_the_role_catalogue_is_whole():
    roles = labels.labels("role", DAY)
    assert len(roles) == 60
    assert {role.core for role in roles.values()} - {""} == {
        *("anchor", "creator", "traffic_placement", "content_operation"),
        *("product_selection", "live_operation"),
    }


@pytest.mark.parametrize(
    "word", ["sex", "Age", "ethnicity", "birth place", "民族", "Marital-Status", "hukou"]
)
def test_protected_attributes_are_refused_as_labels_by_name(word):
    with pytest.raises(labels.ProtectedAttribute, match="leave it out"):
        labels.label(word, "any", DAY)
    with pytest.raises(labels.ProtectedAttribute, match="leave it out"):
        labels.label("industry", word, DAY)


def test_a_label_before_its_day_and_an_unknown_one_are_refused():
    with pytest.raises(labels.UnknownLabel, match="2021-12-31"):
        labels.label("role", "2.3.4", date(2021, 12, 31))
    with pytest.raises(labels.UnknownLabel, match="kind of label"):
        labels.label("mood", "good", DAY)


def test_formulas_are_dated_and_an_unknown_version_names_those_there_are():
    assert labels.formula_on(date(2025, 12, 31)).version == "2022.1"
    assert labels.formula_on(date(2026, 1, 1)).version == "2026.1"
    with pytest.raises(labels.UnknownLabel, match=r"2022\.1, 2026\.1"):
        labels.formula("1999")


def test_a_certificate_of_an_unknown_kind_track_or_level_is_refused():
    assert labels.certificate("omc", "qianchuan", DAY).rank("senior") == 3
    assert labels.certificate("national_internet_marketer", "live_operator", DAY).rank("2") == 3
    with pytest.raises(labels.UnknownLabel, match="omc"):
        labels.certificate("driving", "car", DAY)
    with pytest.raises(labels.UnknownLabel, match="track"):
        labels.certificate("omc", "car", DAY)
    with pytest.raises(labels.UnknownLabel, match="junior, intermediate, senior"):
        labels.certificate("omc", "qianchuan", DAY).rank("master")


def test_a_file_of_labels_with_an_undated_entry_is_refused():
    with pytest.raises(BadLabels, match="since"):
        entries_from("- {kind: role, code: a, en: A, zh: 甲}", Label, "mine.yaml")
