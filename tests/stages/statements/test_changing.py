from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.approvals.asking import row
from tests.make.statements import (
    EVENT,
    HOURS,
    UNITS,
    decide_deliveries,
    delivered,
    statement,
)
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.tables import CreditMemo, OrderRevision, WorkItem, WorkOrder
from vendorops.working.order_checks.accepted import BelowAccepted
from vendorops.working.order_checks.statements import BelowDelivered, NotAStatement
from vendorops.working.revising import NotRevisable
from vendorops.working.statements_of_work import BadStatement, change_statement, read_change

DAY = date(2026, 10, 8)
LATER = date(2026, 10, 20)
AFTER = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _sow(opener):
    with opener(as_of=date(2026, 10, 1))() as books:
        statement(books)


def propose(opener, text, as_of=LATER, actor="lin.buyer"):
    head = f"order: SOW-2026-000001\nvalid_from: {as_of}\nreason: more of it\n"
    with opener(as_of=as_of, actor=actor)() as books:
        return change_statement(books, read_change((head + text).encode())).reference


def approve(opener, as_of=LATER):
    sweep("order_revisions", opener(as_of=as_of))
    make.reply(opener, "change_order", "wang.approver", as_of=as_of)
    sweep("order_revisions", opener(as_of=as_of))


def accepted_units(opener, quantity="48000", as_of=AFTER):
    delivered(opener, UNITS, DAY, quantity)
    decide_deliveries(opener, as_of)


UNIT = "kind: unit, code: document_processed, description: Documents, price: 0.905"


def test_a_change_order_raises_the_most_of_a_line_and_the_budget_once_approved(opener):
    propose(opener, f"delta: 9050.00\nlines: [{{line: 4, {UNIT}, most: 60000}}]\n")
    with pytest.raises(Refused, match="go beyond 50000"):
        delivered(opener, UNITS, LATER, "60000")

    approve(opener)

    delivered(opener, UNITS, LATER, "60000")
    with opener(as_of=LATER)() as books:
        assert make.only(books, WorkOrder).budget_minor == 20_905_000
        assert make.only(books, OrderRevision).status == "applied"


def test_a_further_milestone_by_change_order_is_fined_like_the_others(opener):
    propose(
        opener, "lines: [{kind: event, description: Pilot, price: 9000.00, due: 2026-10-21}]\n"
    )
    approve(opener)
    delivered(opener, 7, date(2026, 10, 23))

    decide_deliveries(opener, date(2026, 10, 23))

    with opener(as_of=LATER)() as books:
        assert make.only(books, CreditMemo).net_minor == 9_000


def test_a_later_due_day_by_change_order_takes_the_fine_away(opener):
    line = "line: 1, kind: event, description: Archive database, price: 120000.00, due: 2026-11-30"
    propose(opener, f"lines: [{{{line}}}]\n")
    approve(opener)
    delivered(opener, EVENT, AFTER)

    decide_deliveries(opener, AFTER, detail={"grade": {"WRK-2026-000001": "B"}})

    with opener(as_of=AFTER)() as books:
        assert not books.session.exec(select(CreditMemo)).all()


def test_a_new_price_holds_from_its_day_on_and_not_before(opener):
    propose(opener, f"lines: [{{line: 4, {UNIT.replace('0.905', '0.80')}, most: 50000}}]\n")
    approve(opener)

    delivered(opener, UNITS, DAY, "100", as_of=LATER)
    delivered(opener, UNITS, LATER, "100")
    sweep("deliveries", opener(as_of=AFTER))

    with opener(as_of=AFTER)() as books:
        rows = books.session.exec(select(WorkItem).order_by(col(WorkItem.id)))
        assert [row.price_e6 for row in rows] == [905_000, 800_000]


def test_a_change_below_what_was_accepted_under_a_line_is_refused(opener):
    accepted_units(opener)

    with pytest.raises(BelowAccepted, match="line 4: 48000 are accepted, more than 47999"):
        propose(opener, f"lines: [{{line: 4, {UNIT}, most: 47999}}]\n", AFTER)
    propose(opener, f"lines: [{{line: 4, {UNIT}, most: 48000}}]\n", AFTER)


def test_a_change_below_the_budget_that_was_spent_is_refused(opener):
    text = "lines: [{line: 1, kind: event, description: Less, price: 0.00}]\n"
    accepted_units(opener)

    with pytest.raises(BelowAccepted, match=r"43440\.00 CNY are accepted, more than a budget"):
        propose(opener, f"delta: -156560.01\n{text}", AFTER)


def test_a_change_below_what_waits_to_be_accepted_is_refused(opener):
    delivered(opener, UNITS, DAY, "48000")
    delivered(opener, HOURS, DAY, "30")

    with pytest.raises(BelowDelivered, match="48000 wait to be accepted, so it cannot go down"):
        propose(opener, f"lines: [{{line: 4, {UNIT}, most: 47999}}]\n")
    free = "lines: [{line: 1, kind: event, description: Less, price: 0.00}]\n"
    with pytest.raises(BelowDelivered, match=r"56439\.90 CNY wait to be accepted"):
        propose(opener, f"delta: -143560.11\n{free}")


def test_a_change_that_events_do_not_fit_or_that_changes_nothing_is_refused(opener):
    with pytest.raises(NotAStatement, match=r"come to 130000\.00 CNY, more than the budget"):
        propose(opener, "delta: -70000.01\n")
    with pytest.raises(NotRevisable, match="would stay as it is"):
        propose(opener, "delta: 0\n")
    graded = "lines: [{kind: event, description: Pilot, price: 1, least_grade: A}]\n"
    with pytest.raises(BadStatement, match="is agreed when it is placed"):
        propose(opener, graded)
    propose(opener, "delta: 1.00\n")
    with pytest.raises(NotRevisable, match="SOW-2026-000001/R1 is still open"):
        propose(opener, "delta: 2.00\n")


def test_a_change_of_another_form_of_order_is_refused(opener):
    with opener(as_of=LATER)() as books:
        make.only(books, WorkOrder).form = "work_order"
    try:
        with pytest.raises(BadStatement, match="is a work_order"):
            propose(opener, "delta: 1.00\n")
    finally:
        with opener(as_of=LATER)() as books:
            make.only(books, WorkOrder).form = "statement_of_work"


def test_the_approval_matrix_asks_more_people_for_more_money(opener):
    with opener(as_of=date(2026, 10, 1))() as books:
        row(books, "approver", kind="change_order")
        row(
            books,
            "finance",
            "approver",
            kind="change_order",
            currency="CNY",
            from_minor=20_000_100,
        )
    propose(opener, "delta: 0.99\n")
    sweep("order_revisions", opener(as_of=LATER))
    make.reply(opener, "change_order", "wang.approver", as_of=LATER)
    sweep("order_revisions", opener(as_of=LATER))
    propose(opener, "delta: 0.01\n")
    sweep("order_revisions", opener(as_of=LATER))

    (first,) = make.reply(opener, "change_order", "zhao.finance", as_of=LATER)
    sweep("order_revisions", opener(as_of=LATER))
    (second,) = make.reply(opener, "change_order", "wang.approver", as_of=LATER)
    sweep("order_revisions", opener(as_of=LATER))

    assert (first.step, second.step, second.steps) == (1, 2, 2)
    with opener(as_of=LATER)() as books:
        assert make.only(books, WorkOrder).budget_minor == 20_000_100
