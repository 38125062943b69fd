"""Engagements are decided by their answers; what is held waits for a person, and stops work."""

from datetime import date

import pytest

from tests import make
from tests.make.classification import DISGUISED, answers_of
from tests.stages.classification.engagements import held, refusal, row, state, stated
from vendorops.books import content_sha256
from vendorops.books.questions import NotAllowed
from vendorops.domain.measure import quantity_e4
from vendorops.stages import sweep
from vendorops.tables import Contract, Supplier, WorkOrder
from vendorops.working import Report, Reported, enter_sheet
from vendorops.working.classified import NotClassified, refuse_unclassified, require
from vendorops.working.classifying import (
    NotClassifiable,
    Stated,
    classify,
    subject_named,
)
from vendorops.working.order_checks import refuse_order
from vendorops.working.order_checks.classified import OtherMode
from vendorops.working.ordering import lines_of

LATER = date(2026, 11, 9)


def test_what_is_below_the_threshold_is_decided_by_rule_and_kept_with_its_answers(
    opener, contract
):
    reference = stated(opener, contract)

    found = row(opener, reference)
    assert (found.status, found.outcome, found.result) == (
        *("decided", "by_rule"),
        "business_outsourcing",
    )
    assert found.answers_sha256 == content_sha256(answers_of(yes=frozenset()))
    assert refusal(opener, contract) is None


def test_a_score_from_the_threshold_on_is_held_until_compliance_clears_it(opener, contract):
    reference = held(opener, contract)
    assert row(opener, reference).score == 10
    assert "E_CLASSIFICATION_HELD" in refusal(opener, contract)
    assert "score 10" in refusal(opener, contract)

    make.reply(opener, "classification_hold", "gu.compliance")
    sweep("classification", opener())

    assert state(opener, reference) == ("decided", "cleared")
    assert refusal(opener, contract) is None


def test_a_hold_that_is_upheld_goes_on_stopping_work(opener, contract):
    reference = held(opener, contract)
    make.reply(opener, "classification_hold", "gu.compliance", "reject")
    sweep("classification", opener())

    assert state(opener, reference) == ("decided", "upheld")
    assert "the hold was upheld" in refusal(opener, contract)


def test_who_answered_does_not_settle_the_hold(opener, contract):
    stated(opener, contract, DISGUISED, actor="gu.compliance")
    sweep("classification", opener())

    with pytest.raises(NotAllowed):
        make.reply(opener, "classification_hold", "gu.compliance")
    make.reply(opener, "classification_hold", "zhao.finance")


def test_neither_orders_nor_work_get_past_a_hold(opener, contract):
    with opener()() as books:
        order = make.work_order(books, contract)
        make.person(books, "he.hengxin")
        make.licensed(books, books.get(Supplier, contract.supplier_id), contract.program)
    held(opener, contract)

    with opener()() as books, pytest.raises(NotClassified, match="E_CLASSIFICATION_HELD"):
        refuse_order(books, books.get(WorkOrder, order.id), lines_of(books, order))
    line = Reported("regular_hours", "Sorting", date(2026, 10, 9), quantity_e4("8"))
    report = Report("2026-10", "he.hengxin", [line], b"sheet")
    with opener()() as books, pytest.raises(NotClassified, match="E_CLASSIFICATION_HELD"):
        enter_sheet(books, books.get(Contract, contract.id), report)
    make.reply(opener, "classification_hold", "gu.compliance")
    sweep("classification", opener())
    with opener()() as books:
        assert enter_sheet(books, books.get(Contract, contract.id), report).month == "2026-10"


def test_a_hold_on_one_order_or_on_the_supplier_counts_as_well(opener, contract):
    with opener()() as books:
        order, other = (make.work_order(books, contract, title=each) for each in ("one", "two"))
    held(opener, order)

    assert refusal(opener, contract, order.id)
    assert refusal(opener, contract, other.id) is None
    with opener()() as books:
        supplier = books.get(Supplier, contract.supplier_id)
    held(opener, supplier)
    assert supplier.reference in refusal(opener, contract, other.id)


def test_a_questionnaire_is_asked_of_contracts_from_its_day_on(opener, contract):
    with opener(actor="lin.buyer")() as books:
        require(books, "false_outsourcing", ("staffing", "cn"), LATER, "policy 7")
        require(books, "false_outsourcing", ("bpo", "cn"), make.AS_OF, "policy 7")
        require(books, "mode", contract, LATER, "asked by counsel")

    assert refusal(opener, contract) is None
    with opener(as_of=LATER)() as books, pytest.raises(NotClassified) as refused:
        refuse_unclassified(books, contract)
    assert "E_CLASSIFICATION_MISSING" in str(refused.value)
    assert "false_outsourcing, mode" in str(refused.value)


def test_other_answers_take_the_place_of_earlier_ones_and_all_are_kept(opener, contract):
    first = stated(opener, contract)
    again = stated(opener, contract)
    second = stated(opener, contract, {"our_post"})

    assert again == first
    assert state(opener, first) == ("superseded", "by_rule")
    assert state(opener, second) == ("decided", "by_rule")


def test_answering_anew_does_not_get_round_a_hold(opener, contract):
    held(opener, contract)

    milder = stated(opener, contract, frozenset(), as_of=LATER)

    assert row(opener, milder).score == 0
    assert state(opener, milder) == ("proposed", "")
    sweep("classification", opener(as_of=LATER))
    make.reply(opener, "classification_hold", "gu.compliance", as_of=LATER)
    sweep("classification", opener(as_of=LATER))
    assert state(opener, milder) == ("decided", "cleared")
    once_cleared = stated(opener, contract, {"our_tools"}, as_of=LATER)
    assert state(opener, once_cleared) == ("decided", "by_rule")


def test_only_contracts_orders_and_suppliers_are_classified(opener, contract):
    with opener()() as books:
        assert subject_named(books, contract.reference).id == contract.id
        with pytest.raises(NotClassifiable, match="no contract, order or supplier"):
            subject_named(books, "INV-2026-000001")


@pytest.mark.parametrize("mode", ["", "labor_dispatch"])
def test_an_order_is_in_the_mode_that_was_decided_for_its_contract(opener, contract, mode):
    """An order of a staffing program that names no mode leases a worker."""
    said = {"employer": "vendor", "directs": "vendor", "paid_for": "work_result"}
    answers = {ident: {"is": each} for ident, each in (said | {"bears_loss": "no"}).items()}
    with opener(actor="lin.buyer")() as books:
        classify(books, Stated(contract, "mode", answers))
        decided = make.work_order(books, contract, mode="business_outsourcing")
        other = make.work_order(books, contract, mode=mode)

        refuse_order(books, decided, lines_of(books, decided))
        with pytest.raises(OtherMode, match=r"E_MODE_OTHER.*is in mode labor_dispatch"):
            refuse_order(books, other, lines_of(books, other))
