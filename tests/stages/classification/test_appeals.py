"""What was decided is contested before others, and tested against other versions."""

import pytest
from sqlmodel import select

from tests import make
from tests.stages.classification.engagements import contested, held, refusal, state, stated
from vendorops.books.questions import NotAllowed
from vendorops.books.standing import NotProposable
from vendorops.questionnaires import questionnaire_from
from vendorops.stages import sweep
from vendorops.tables import ClassificationDecision
from vendorops.working.back_testing import back_test
from vendorops.working.classifying import (
    NotClassifiable,
    appeal,
)


def test_an_upheld_hold_is_lifted_on_appeal_by_somebody_new(opener, contract):
    reference = held(opener, contract)
    make.reply(opener, "classification_hold", "gu.compliance", "reject")
    sweep("classification", opener())

    contested(opener, reference)

    assert refusal(opener, contract)
    with pytest.raises(NotAllowed):
        make.reply(opener, "classification_appeal", "gu.compliance")
    make.reply(opener, "classification_appeal", "zhao.finance")
    sweep("classification", opener())
    assert state(opener, reference) == ("decided", "cleared")
    assert refusal(opener, contract) is None


@pytest.mark.parametrize(
    ("says", "becomes"), [("approve", "upheld"), ("reject", "by_rule")], ids=["granted", "denied"]
)
def test_a_decision_by_rule_can_be_contested(opener, contract, says, becomes):
    reference = stated(opener, contract)

    contested(opener, reference, actor="wang.approver", reason="we direct them daily")
    assert refusal(opener, contract)
    make.reply(opener, "classification_appeal", "gu.compliance", says)
    sweep("classification", opener())

    assert state(opener, reference) == ("decided", becomes)
    assert (refusal(opener, contract) is None) == (becomes == "by_rule")


def test_only_what_is_decided_is_contested_and_with_a_reason(opener, contract):
    reference = held(opener, contract)
    with opener(actor="lin.buyer")() as books, pytest.raises(NotClassifiable, match="is proposed"):
        appeal(books, books.named(ClassificationDecision, reference), "no")
    plain = stated(opener, contract)
    with opener(actor="lin.buyer")() as books, pytest.raises(NotClassifiable):
        appeal(books, books.named(ClassificationDecision, plain), " ")


def test_strangers_and_suppliers_classify_nothing(opener, contract):
    with opener()() as books:
        make.person(books, "nobody.here")

    with pytest.raises(NotProposable, match="holds no role"):
        stated(opener, contract, actor="nobody.here")
    with opener()() as books:
        assert not books.session.exec(select(ClassificationDecision)).all()


DRAFT = """
code: false_outsourcing
since: 2027-01-01
zh: 假外包
en: Draft
cite: "Draft of 2027"
role: compliance
questions:
  - {id: directs_daily, kind: yes_no, weight: 9, zh: 指挥, en: Directs}
  - {id: our_tools, kind: yes_no, weight: 1, zh: 工具, en: Tools}
methods:
  standard:
    rules:
      - {result: dispatch_in_disguise, reaches_threshold: true, why: too much}
      - {result: business_outsourcing, why: little}
results: {dispatch_in_disguise: {zh: 派遣, en: Bad}, business_outsourcing: {zh: 外包, en: Good}}
thresholds:
  2027-01-01: {score: 9, cite: "Draft policy"}
"""


def test_a_back_test_tells_who_would_change_and_changes_nothing(opener, contract):
    with opener()() as books:
        other = make.contract(books)
        third = make.contract(books)
    first = stated(opener, contract, {"directs_daily"})
    second = stated(opener, other, {"our_tools"})
    harsh = held(opener, third)

    draft = questionnaire_from(DRAFT, "false_outsourcing.2027-01-01")
    with opener()() as books:
        found = {each.decision.reference: each for each in back_test(books, draft, draft.since)}

    assert {name for name, each in found.items() if each.differs} == {first}
    by_draft = {name: each.outcome for name, each in found.items() if each.outcome}
    assert by_draft[first].score == 9
    assert by_draft[harsh].result == "dispatch_in_disguise"
    assert state(opener, first) == state(opener, second) == ("decided", "by_rule")


def test_a_back_test_names_what_nobody_was_asked(opener, contract):
    stated(opener, contract)
    draft = questionnaire_from(
        DRAFT.replace("id: our_tools", "id: own_insurance"), "false_outsourcing.2027-01-01"
    )

    with opener()() as books:
        (found,) = back_test(books, draft, draft.since)

    assert found.differs
    assert "own_insurance" in found.missing
