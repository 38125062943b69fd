"""Files of questionnaires and of answers that are not whole are refused where they are wrong."""

from datetime import date

import pytest

from vendorops import questionnaires
from vendorops.domain.classification import evaluate
from vendorops.domain.dated import NotInForce
from vendorops.questionnaires import BadQuestionnaire, questionnaire_from
from vendorops.questionnaires.answers import BadAnswerFile, read_answers
from vendorops.registry import Unknown

GOOD = """
code: sample
since: 2026-01-01
zh: 样本
en: Sample
cite: "Act, s. 1"
role: compliance
questions:
  - {id: first, kind: yes_no, weight: 2, zh: 一, en: First}
  - {id: second, kind: choice, choices: [left, right], zh: 二, en: Second}
methods:
  standard:
    rules:
      - {result: bad, reaches_threshold: true, why: too much}
      - {result: good, why: nothing speaks against it}
results: {bad: {zh: 坏, en: Bad}, good: {zh: 好, en: Good}}
thresholds:
  2026-01-01: {score: 2, cite: "Policy 1"}
"""


def plain(**given):
    return {ident: {"is": said} for ident, said in given.items()}


def test_a_threshold_holds_from_its_own_day():
    later = GOOD + '  2026-07-01: {score: 3, cite: "Policy 2"}\n'
    asked = questionnaire_from(later, "sample.2026-01-01")
    answers = plain(first="yes", second="left")

    assert evaluate(asked, answers, date(2026, 6, 30)).held
    assert not evaluate(asked, answers, date(2026, 7, 1)).held


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (("result: good, why", "result: fine, why"), "fine is none of the results"),
        (("reaches_threshold: true", "when: {first: perhaps}"), "no answer of first meets"),
        (("reaches_threshold: true", "when: {third: yes}"), "no answer of third meets"),
        (("result: bad, reaches_threshold: true", "result: bad"), "the last rule, and no other"),
        (("choices: [left, right], ", ""), "lists two choices"),
        (("id: second", "id: first"), "an id is there twice"),
        (('cite: "Act, s. 1"\n', ""), "cite"),
        (("2026-01-01: {score", "2026-02-01: {score"), "begins after the questionnaire"),
        (("role: compliance", "role: compliance\nusual_method: other"), "none of the methods"),
        (("code: sample", "code: other"), "name it other.2026-01-01.yaml"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(wrong, why):
    assert wrong[0] in GOOD

    with pytest.raises(BadQuestionnaire, match=why):
        questionnaire_from(GOOD.replace(*wrong), "sample.2026-01-01")


def test_what_is_not_on_the_shelf_is_refused_with_what_is():
    with pytest.raises(Unknown, match="false_outsourcing"):
        questionnaires.versions("astrology")
    with pytest.raises(Unknown, match="has no version '1999-01-01'"):
        questionnaires.version("mode", "1999-01-01")
    with pytest.raises(NotInForce):
        questionnaires.on("mode", date(2025, 12, 31))


def test_answers_are_read_from_yaml_in_one_spelling():
    sheet = read_answers(
        b"questionnaire: us_abc\nsubject: CON-1\nanswers:\n"
        b"  a: yes\n  b: -1\n  c: {is: no, evidence: none}\n"
    )

    assert sheet.told == {
        "a": {"is": "yes"},
        "b": {"is": "-1"},
        "c": {"is": "no", "evidence": "none"},
    }
    for wrong in (
        b"answers: {}",
        b"\xff",
        b"questionnaire: x\nsubject: y\nanswers: {a: {maybe: 1}}",
    ):
        with pytest.raises(BadAnswerFile):
            read_answers(wrong)
