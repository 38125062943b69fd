"""A task from its posting to what was accepted of it."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.stages.tasks.story import (
    FIRST,
    again,
    applied,
    given,
    handed_in,
    judged,
    posted,
    run,
    signed,
    statuses,
)
from vendorops.books import waiting
from vendorops.documents import kept
from vendorops.tables import (
    ApprovalRule,
    ApprovalStep,
    ServiceSheet,
    Task,
    TaskApplication,
    TaskDelivery,
    TaskEvidence,
    WorkItem,
    WorkOrder,
)

LATE = date(2026, 11, 23)


def matrix(books, **changed):
    """Let the matrix ask an approver for tasks."""
    usual = {
        "reference": books.reference("APR"),
        "kind": "task",
        "valid_from": date(2026, 1, 1),
        "cite": "Delegation of authority 7",
    }
    rule = make.put(books, ApprovalRule, usual, changed)
    step = {"rule_id": rule.id, "step": 1, "role": "approver", "due_days": 3}
    make.put(books, ApprovalStep, step, {})


def work(opener):
    with opener()() as books:
        return books.get(WorkItem, make.only(books, WorkItem).id)


@pytest.mark.usefixtures("freelancers")
def test_a_task_is_posted_at_once_where_the_matrix_asks_nobody(opener):
    assert posted(opener).status == "posted"


@pytest.mark.usefixtures("freelancers")
def test_a_task_is_posted_after_somebody_else_approved_where_the_matrix_asks(opener):
    with opener()() as books:
        matrix(books)

    task = posted(opener)

    assert task.status == "draft"
    with opener()() as books:
        asked = waiting(books)[0]
        assert (asked.role, asked.not_by, asked.amount_minor) == ("approver", "lin.buyer", 300_000)
    make.reply(opener, "task", "wang.approver")
    run(opener)
    assert statuses(opener, task) == ("posted", [])


@pytest.mark.usefixtures("freelancers")
def test_a_task_that_is_not_approved_is_rejected(opener):
    with opener()() as books:
        matrix(books)
    task = posted(opener)

    make.reply(opener, "task", "wang.approver", "reject")
    run(opener)

    assert statuses(opener, task)[0] == "rejected"


@pytest.mark.usefixtures("freelancers")
def test_a_task_whose_deadline_passes_before_approval_is_rejected(opener):
    with opener()() as books:
        matrix(books)
    task = posted(opener)

    run(opener, LATE)

    assert statuses(opener, task)[0] == "rejected"
    with opener()() as books:
        assert waiting(books) == []


@pytest.mark.usefixtures("freelancers")
def test_the_same_form_again_is_the_same_task(opener):
    first, second = posted(opener), posted(opener)

    assert first.id == second.id
    assert posted(opener, key="another one").id != first.id


def test_a_task_order_binds_once_the_freelancer_signs_its_paper(opener, freelancers):
    task = posted(opener)

    row = given(opener, task, freelancers[0])

    with opener()() as books:
        asked = waiting(books)[0]
        assert (asked.kind, asked.role) == ("signature", "supplier")
        order = books.get(WorkOrder, row.work_order_id)
        assert (order.form, order.status, order.budget_minor) == ("task_order", "draft", 150_000)
    row = signed(opener, row, FIRST)
    with opener()() as books:
        assert kept(books, row.signed_sha256).startswith(b"%PDF")
        assert (row.status, row.signed_by, row.signed_how) == ("assigned", FIRST, "portal")
        assert books.get(WorkOrder, row.work_order_id).status == "accepted"
    run(opener)
    with opener()() as books:
        assert books.get(WorkOrder, row.work_order_id).status == "active"


def test_a_declined_slot_is_free_again(opener, freelancers):
    task = posted(opener, slots="1")
    row = given(opener, task, freelancers[0])
    assert statuses(opener, task) == ("assigned", ["offered"])

    make.reply(opener, "signature", FIRST, "reject")
    run(opener)

    assert statuses(opener, task) == ("posted", ["declined"])
    with opener()() as books:
        assert books.get(WorkOrder, row.work_order_id).status == "rejected"
    given(opener, task, freelancers[1])
    assert statuses(opener, task) == ("assigned", ["declined", "offered"])


def test_a_buyer_gives_an_applicant_a_slot(opener, freelancers):
    task = posted(opener)
    applied(opener, task, freelancers[0], FIRST)
    run(opener)

    make.reply(opener, "task_application", "lin.buyer")
    run(opener)

    assert statuses(opener, task) == ("posted", ["offered"])
    with opener()() as books:
        assert make.only(books, TaskApplication).status == "taken"


def test_an_applicant_may_be_turned_down(opener, freelancers):
    task = posted(opener)
    applied(opener, task, freelancers[0], FIRST)
    run(opener)

    make.reply(opener, "task_application", "lin.buyer", "reject")
    run(opener)

    assert statuses(opener, task) == ("posted", [])


def test_an_application_lapses_when_the_last_slot_is_gone(opener, freelancers):
    task = posted(opener, slots="1")
    applied(opener, task, freelancers[0], FIRST)
    run(opener)

    given(opener, task, freelancers[1])
    run(opener)

    with opener()() as books:
        assert make.only(books, TaskApplication).status == "lapsed"
        assert [each.kind for each in waiting(books)] == ["signature"]


def test_a_delivery_becomes_a_line_of_work_at_the_price_of_its_order(opener, freelancers):
    row = signed(opener, given(opener, posted(opener), freelancers[0]), FIRST)

    handed_in(opener, row, FIRST, "280")
    run(opener)

    with opener()() as books:
        sheet, item = make.only(books, ServiceSheet), make.only(books, WorkItem)
        assert (sheet.status, sheet.submitted_by, sheet.month) == ("submitted", FIRST, "2026-11")
        assert (item.quantity_e4, item.price_e6) == (2_800_000, 5_000_000)
        assert row.reference in item.description
        proof = make.only(books, TaskEvidence)
        assert proof.sha256.encode() in kept(books, sheet.source_sha256)
        assert kept(books, proof.sha256) == f"{row.reference} 280 {make.AS_OF}".encode()


def test_deliveries_of_one_month_stand_on_one_sheet(opener, freelancers):
    rows = [
        signed(opener, given(opener, posted(opener, key=key), freelancers[0]), FIRST)
        for key in ("one", "two")
    ]

    for row in rows:
        handed_in(opener, row, FIRST)
    run(opener)

    with opener()() as books:
        assert len(make.items_of(books, make.only(books, ServiceSheet))) == 2


def test_what_is_accepted_whole_ends_the_assignment_and_its_order(opener, freelancers):
    task = posted(opener)
    row = signed(opener, given(opener, task, freelancers[0]), FIRST)
    handed_in(opener, row, FIRST)
    run(opener)

    judged(opener)

    assert statuses(opener, task) == ("posted", ["accepted"])
    with opener()() as books:
        assert books.get(WorkOrder, row.work_order_id).status == "closed"
        assert make.only(books, TaskDelivery).status == "accepted"


def test_what_is_rejected_may_be_delivered_again_once(opener, freelancers):
    task = posted(opener, slots="1")
    row = signed(opener, given(opener, task, freelancers[0]), FIRST)
    handed_in(opener, row, FIRST)
    run(opener)

    judged(opener, "reject")

    assert statuses(opener, task) == ("assigned", ["rework"])
    assert again(opener, row).deliver_by == make.AS_OF + timedelta(days=14)
    handed_in(opener, row, FIRST, files=[("again.csv", b"better")])
    run(opener)
    judged(opener, "reject")
    assert statuses(opener, task) == ("assigned", ["rejected"])
    run(opener)
    assert statuses(opener, task) == ("expired", ["rejected"])


def test_only_what_was_not_accepted_is_delivered_again(opener, freelancers):
    row = signed(opener, given(opener, posted(opener), freelancers[0]), FIRST)
    handed_in(opener, row, FIRST, "300")
    run(opener)

    judged(opener, accept={work(opener).reference: "250"})

    assert handed_in(opener, row, FIRST, files=[("rest.csv", b"rest")]).quantity_e4 == 500_000


def test_what_was_accepted_in_part_stays_accepted_when_nothing_more_comes(opener, freelancers):
    task = posted(opener)
    row = signed(opener, given(opener, task, freelancers[0]), FIRST)
    handed_in(opener, row, FIRST, "300")
    run(opener)
    judged(opener, accept={work(opener).reference: "250"})

    run(opener, make.AS_OF + timedelta(days=15))

    assert statuses(opener, task) == ("posted", ["accepted"])


def test_an_order_under_which_nothing_comes_expires_with_its_task(opener, freelancers):
    task = posted(opener)
    signed(opener, given(opener, task, freelancers[0]), FIRST)
    given(opener, task, freelancers[1])

    run(opener, LATE)
    run(opener, LATE)

    assert statuses(opener, task) == ("expired", ["expired", "expired"])
    with opener()() as books:
        assert waiting(books) == []


def test_a_late_delivery_is_marked_where_the_task_takes_one(opener, freelancers):
    row = signed(opener, given(opener, posted(opener, late_days="5"), freelancers[0]), FIRST)

    delivery = handed_in(opener, row, FIRST, as_of=LATE)
    run(opener, LATE)

    assert delivery.late_days == 3
    assert "3 天逾期 days late" in work(opener).description


def test_running_everything_twice_changes_nothing(opener, freelancers):
    row = signed(opener, given(opener, posted(opener), freelancers[0]), FIRST)
    handed_in(opener, row, FIRST)
    handed_in(opener, row, FIRST)
    for _ in range(2):
        run(opener)

    with opener()() as books:
        assert make.only(books, TaskDelivery).status == "on_sheet"
        assert make.only(books, Task).status == "posted"
        assert len(waiting(books)) == 1
