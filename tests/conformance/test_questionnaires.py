"""Every questionnaire, tested because it lies on the shelf."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops import questionnaires
from vendorops.domain.classification import BadAnswers, UnknownMethod, evaluate

DAY = date(2026, 11, 4)
ALL = [
    pytest.param(each, method, id=f"{code} {each.version} {method}")
    for code in questionnaires.codes()
    for each in questionnaires.versions(code).versions.values()
    for method in each.methods
]
EACH = pytest.mark.parametrize(("asked", "method"), ALL)


def on(code):
    return questionnaires.on(code, DAY)


def plain(**given):
    return {ident: {"is": said} for ident, said in given.items()}


def backed(**given):
    return {ident: {"is": said, "evidence": "seen on site"} for ident, said in given.items()}


def every_answer(asked, method):
    """Every way to answer the questions of a method."""
    needed = asked.method(method).questions
    for said in product(*(asked.questions[ident].allowed for ident in needed)):
        yield backed(**dict(zip(needed, said, strict=True)))


@EACH
def test_every_complete_set_of_answers_has_one_result_and_every_result_is_reached(asked, method):
    found = [evaluate(asked, answers, DAY, method) for answers in every_answer(asked, method)]

    reachable = {rule.result for rule in asked.method(method).rules}
    assert {each.result for each in found} == reachable <= set(asked.results)
    assert all(each.reasons for each in found)


@EACH
def test_a_questionnaire_is_told_in_both_languages_and_cited(asked, method):
    del method
    assert asked.cite
    assert asked.since <= DAY
    for question in asked.questions.values():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in question.zh), question.id
        assert question.en


@EACH
def test_a_missing_or_unknown_answer_is_refused_by_name(asked, method):
    whole = next(every_answer(asked, method))
    first = asked.method(method).questions[0]

    with pytest.raises(BadAnswers, match=f"is not answered: {first}"):
        evaluate(asked, {k: v for k, v in whole.items() if k != first}, DAY, method)
    with pytest.raises(BadAnswers, match="does not ask: moonlight"):
        evaluate(asked, whole | backed(moonlight="yes"), DAY, method)
    with pytest.raises(BadAnswers, match=f"{first}: 'perhaps' is no answer"):
        evaluate(asked, whole | backed(**{first: "perhaps"}), DAY, method)


@given(st.sets(st.sampled_from(list(on("false_outsourcing").questions))), st.data())
def test_more_that_speaks_for_dispatch_never_lowers_the_score_or_lifts_the_hold(yes, data):
    asked = on("false_outsourcing")
    more = yes | {data.draw(st.sampled_from(list(asked.questions)))}
    less, worse = (
        evaluate(asked, plain(**{q: "yes" if q in of else "no" for q in asked.questions}), DAY)
        for of in (yes, more)
    )

    assert worse.score >= less.score
    assert worse.held >= less.held
    assert less.held == (less.score >= 8) == (less.result == "dispatch_in_disguise")


@pytest.mark.parametrize(
    ("answers", "mode", "held"),
    [
        (("vendor", "us", "headcount_month", "no"), "labor_dispatch", False),
        (("vendor", "us", "income_share", "no"), "labor_dispatch", True),
        (("vendor", "vendor", "work_result", "no"), "business_outsourcing", False),
        (("vendor", "vendor", "hours", "no"), "business_outsourcing", True),
        (("none", "person", "work_result", "no"), "cooperative_labor", False),
        (("none", "person", "income_share", "no"), "cooperative_labor", False),
        (("none", "person", "profit_share", "yes"), "partnership_labor", False),
        (("none", "person", "profit_share", "no"), "cooperative_labor", True),
        (("none", "us", "hours", "no"), "standard_employment", True),
        (("us", "us", "hours", "no"), "standard_employment", True),
    ],
)
def test_the_mode_follows_from_who_employs_directs_and_pays_for_what(answers, mode, held):
    names = ("employer", "directs", "paid_for", "bears_loss")

    outcome = evaluate(on("mode"), plain(**dict(zip(names, answers, strict=True))), DAY)

    assert (outcome.result, outcome.held) == (mode, held)


def test_each_mode_brings_its_law_relation_and_settlement():
    results = on("mode").results

    told = {
        code: (each.defaults["law"], each.defaults["relation"]) for code, each in results.items()
    }
    assert told == {
        "standard_employment": (("labour_contract_law",), ("labour",)),
        "labor_dispatch": (("labour_contract_law",), ("non_standard_labour",)),
        "business_outsourcing": (("civil_code",), ("working",)),
        "cooperative_labor": (("civil_code",), ("cooperation",)),
        "partnership_labor": (("civil_code",), ("partnership",)),
    }
    assert results["partnership_labor"].defaults["settles_by"] == ("income_share", "profit_share")


FACTORS = {
    "profit_loss": "1",
    "permanence": "-1",
    "control": "1",
    "skill": "-1",
}


def test_one_worker_may_be_a_contractor_by_core_factors_and_unclear_in_totality():
    asked = on("us_economic_reality")
    core = evaluate(asked, backed(**FACTORS, integrated_unit="-1"), DAY, "core_two")
    totality = evaluate(asked, backed(**FACTORS, investments="0", integral="0"), DAY)

    assert (core.result, core.score, core.held) == ("contractor", -1, False)
    assert (totality.result, totality.score, totality.held) == ("unclear", 0, True)
    with pytest.raises(UnknownMethod, match="totality, core_two"):
        evaluate(asked, {}, DAY, "coin")


def test_a_factor_without_evidence_is_refused():
    answers = backed(**FACTORS, integrated_unit="0") | plain(skill="0")

    with pytest.raises(BadAnswers, match="skill: say under `evidence`"):
        evaluate(on("us_economic_reality"), answers, DAY, "core_two")


def test_nobody_is_a_contractor_in_california_unless_all_three_are_met():
    asked = on("us_abc")
    found = [evaluate(asked, answers, DAY) for answers in every_answer(asked, "standard")]

    assert [each.result for each in found].count("contractor") == 1
    assert sum(each.held for each in found) == 7


@pytest.mark.parametrize(
    ("managed", "agreement", "result", "held"),
    [
        ("yes", "labour_contract", "labour_relation", True),
        ("no", "civil_contract", "independent", False),
        ("no", "none", "independent", True),
    ],
)
def test_the_class_of_a_platform_worker_needs_its_agreement(managed, agreement, result, held):
    answers = plain(
        both_qualified="yes", managed=managed, part_of_business="yes", agreement=agreement
    )

    outcome = evaluate(on("platform_worker"), answers, DAY)

    assert (outcome.result, outcome.held) == (result, held)
