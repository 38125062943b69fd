"""What is delivered, what was accepted of it, and what that makes of the assignment."""

from datetime import date, timedelta

from tests import make
from tests.stages.tasks.story import (
    FIRST,
    again,
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
    ServiceSheet,
    Task,
    TaskDelivery,
    TaskEvidence,
    WorkItem,
    WorkOrder,
)

LATE = date(2026, 11, 23)


def work(opener):
    with opener()() as books:
        return books.get(WorkItem, make.only(books, WorkItem).id)


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


def test_parts_that_are_rounded_up_each_still_fit_the_order(opener, freelancers):
    task = posted(opener, price="0.125", quantity="300")
    row = signed(opener, given(opener, task, freelancers[0]), FIRST)
    handed_in(opener, row, FIRST, "300")
    run(opener)
    judged(opener, accept={work(opener).reference: "299"})
    handed_in(opener, row, FIRST, files=[("rest.csv", b"the last one")])
    run(opener)

    judged(opener)

    assert statuses(opener, task) == ("posted", ["accepted"])
    with opener()() as books:
        order = books.get(WorkOrder, row.work_order_id)
        assert order.accepted_minor == 37_38 + 13  # 37.375 and 0.125; together 37.50.
