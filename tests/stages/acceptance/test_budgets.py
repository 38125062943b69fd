"""What is accepted under an order is taken off its budget, and never more than that."""

from datetime import date

import pytest

from tests import make
from tests.stages.acceptance.sheets import agreed
from vendorops.books import waiting
from vendorops.domain.measure import quantity_e4
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.tables import Contract, OrderLine, ServiceSheet, WorkOrder
from vendorops.working import Report, Reported, enter_sheet
from vendorops.working.budgets import BudgetExceeded, take

TEN_HOURS = Money.parse("520.00", "CNY").minor


@pytest.fixture
def order(opener):
    """An order of hours at 52.00 with a budget for ten of them."""
    with opener()() as books:
        return make.work_order(books, agreed(books), budget_minor=TEN_HOURS)


def reported(opener, order, *quantities, source=b"1"):
    with opener()() as books:
        line = make.only(books, OrderLine, work_order_id=order.id)
        lines = [
            Reported("regular_hours", "sorting", date(2026, 10, 9), quantity_e4(one), 0, line.id)
            for one in quantities
        ]
        contract = books.get(Contract, order.contract_id)
        return enter_sheet(books, contract, Report("2026-10", "he.hengxin", lines, source))


def state(opener, order, sheet):
    with opener()() as books:
        return books.get(WorkOrder, order.id).accepted_minor, books.get(
            ServiceSheet, sheet.id
        ).status


def accept(opener, **answer):
    sweep("acceptance", opener())
    make.reply(opener, "acceptance", "lin.buyer", **answer)
    return sweep("acceptance", opener())


def test_accepted_work_is_taken_off_the_budget_line_by_line(opener, order):
    sheet = reported(opener, order, "3.3333", "3.3333", "3.3333")

    accept(opener)

    # 173.3316 rounds to 173.33 on each line, not to 519.99 (or 520.00) together.
    assert state(opener, order, sheet) == (3 * 17_333, "accepted")


def test_the_last_cent_of_a_budget_may_be_taken_and_no_more(opener, order):
    sheet = reported(opener, order, "10")
    accept(opener)
    assert state(opener, order, sheet) == (TEN_HOURS, "accepted")

    more = reported(opener, order, "0.0001", source=b"2")  # 0.0052 rounds to 0.01.
    outcome = accept(opener)

    assert "0.01 CNY does not fit, 0.00 CNY is left of its budget" in outcome.refused[0][1]
    assert state(opener, order, more) == (TEN_HOURS, "submitted")


def test_an_approval_above_the_budget_is_refused_and_the_question_put_again(opener, order):
    sheet = reported(opener, order, "6", "6")

    outcome = accept(opener)

    sentence = f"{order.reference}: 624.00 CNY does not fit, 520.00 CNY is left"
    assert sentence in outcome.refused[0][1]
    assert state(opener, order, sheet) == (0, "submitted")
    with opener()() as books:
        (asked,) = waiting(books)
        assert sentence in asked.question


def test_less_is_accepted_once_the_buyer_names_what_fits(opener, order):
    sheet = reported(opener, order, "6", "6")
    accept(opener)

    accept(opener, detail={"accept": {"WRK-2026-000002": "4"}})

    assert state(opener, order, sheet) == (TEN_HOURS, "partly_accepted")


def test_the_approval_holds_once_the_order_was_changed_to_have_room(opener, order):
    sheet = reported(opener, order, "6", "6")
    accept(opener)
    with opener()() as books:
        books.get(WorkOrder, order.id).budget_minor = 12 * 5_200

    sweep("acceptance", opener())

    assert state(opener, order, sheet) == (12 * 5_200, "accepted")


def test_rejected_work_takes_nothing_off_the_budget(opener, order):
    sheet = reported(opener, order, "6")

    accept(opener, says="reject")

    assert state(opener, order, sheet) == (0, "rejected")


def test_what_was_taken_is_not_given_back(opener, order):
    with opener()() as books, pytest.raises(BudgetExceeded, match="have it credited"):
        take(books, books.get(WorkOrder, order.id), -1)


def test_work_without_an_order_takes_no_budget(opener):
    with opener()() as books:
        contract = agreed(books)
        line = Reported("regular_hours", "sorting", date(2026, 10, 9), quantity_e4("7"))
        sheet = enter_sheet(books, contract, Report("2026-10", "he.hengxin", [line], b"1"))

    accept(opener)

    with opener()() as books:
        assert books.get(ServiceSheet, sheet.id).status == "accepted"
