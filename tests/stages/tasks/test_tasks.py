"""A task from its posting to what was accepted of it."""

from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.tasks.story import (
    FIRST,
    SECOND,
    applied,
    given,
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
    TaskApplication,
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
def test_a_task_is_posted_once_and_at_once_where_the_matrix_asks_nobody(opener):
    first, second = posted(opener), posted(opener)

    assert (first.status, first.id) == ("posted", second.id)
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
        assert kept(books, str(row.signed_sha256)).startswith(b"%PDF")
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


def test_a_buyer_gives_one_applicant_a_slot_and_turns_another_down(opener, freelancers):
    task = posted(opener)
    for number, who in enumerate((FIRST, SECOND)):
        applied(opener, task, freelancers[number], who)
        run(opener)
        make.reply(opener, "task_application", "lin.buyer", ("approve", "reject")[number])
        run(opener)

    assert statuses(opener, task) == ("posted", ["offered"])
    with opener()() as books:
        found = books.session.exec(
            select(TaskApplication.status).order_by(col(TaskApplication.id))
        )
        assert list(found) == ["taken", "turned_down"]


def test_an_application_lapses_when_the_last_slot_is_gone(opener, freelancers):
    task = posted(opener, slots="1")
    applied(opener, task, freelancers[0], FIRST)
    run(opener)

    given(opener, task, freelancers[1])
    run(opener)

    with opener()() as books:
        assert make.only(books, TaskApplication).status == "lapsed"
        assert [each.kind for each in waiting(books)] == ["signature"]
