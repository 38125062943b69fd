"""Orders that dispatch workers to us stay below the cap and off our main business."""

from dataclasses import replace
from datetime import date

import pytest

from tests import make
from tests.make import classification
from tests.stages.leasing.orders import ENDS, HOUR, STARTS, dispatched, person, placed
from vendorops.stages import sweep
from vendorops.tables import WorkOrder
from vendorops.working.dispatch import DispatchForbidden, facts_of
from vendorops.working.headcounts import BadHeadcount, set_headcount
from vendorops.working.revising import Change, propose_revision


def test_the_worker_above_the_cap_is_refused_and_the_one_at_it_is_not(opener, contract):
    """Of 19 own employees floor(19 / 9) = 2 may be dispatched."""
    with opener()() as books:
        classification.headcount(books, 19)
    dispatched(opener, contract, 1)
    placed(opener, contract)
    dispatched(opener, contract, 1, title="another")  # The same person: still one.

    with opener()() as books:
        third = person(books, contract, 7)
    dispatched(opener, contract, 2, title="third")

    with pytest.raises(DispatchForbidden, match=r"E_LD_07.*3 dispatched beside 19 .* 2 at most"):
        placed(opener, contract, worker_id=third.id)


def test_a_headcount_that_falls_within_the_order_counts_on_its_day(opener, contract):
    falls = date(2027, 1, 1)
    with opener()() as books:
        classification.headcount(books, 9)
        classification.headcount(books, 8, valid_from=falls)

    placed(opener, contract, ends=falls)
    with pytest.raises(DispatchForbidden, match=f"E_LD_07.*on {falls}.*1 dispatched beside 8"):
        placed(opener, contract)


def test_the_last_word_on_a_day_corrects_what_was_said_before(opener, contract):
    with opener()() as books:
        classification.headcount(books, 8)
        classification.headcount(books, 9)

    placed(opener, contract)


def test_workers_who_come_later_are_counted_on_the_days_they_are_there(opener, contract):
    """Two are allowed; a second comes in January, so a third only until then."""
    with opener()() as books:
        classification.headcount(books, 18)
        make.work_order(books, contract, worker_id=person(books, contract, 1).id)
        second, comes = person(books, contract, 2), date(2027, 1, 1)
        make.work_order(books, contract, worker_id=second.id, starts_on=comes)
        third = person(books, contract, 3)

    placed(opener, contract, ends=date(2027, 1, 1), worker_id=third.id)
    with pytest.raises(DispatchForbidden, match="on 2027-01-01"):
        placed(opener, contract, ends=date(2027, 1, 2), worker_id=third.id)


def test_two_orders_for_the_last_place_are_not_both_accepted(opener, contract):
    """A draft reserves nothing: whichever is approved first has the place."""
    with opener()() as books:
        classification.headcount(books, 9)
    first, second = placed(opener, contract), placed(opener, contract, title="other")
    sweep("ordering", opener())
    make.reply(opener, "work_order", "wang.approver")

    outcome = sweep("ordering", opener())

    (refused,) = outcome.refused
    assert refused[0] == second.reference
    assert "E_LD_07" in refused[1]
    with opener()() as books:
        assert books.get(WorkOrder, first.id).status == "active"


@pytest.mark.parametrize(
    ("post", "code"),
    [
        ({"main_business": "yes"}, "E_LD_05"),
        ({"procedure_done": "no"}, "E_LD_05"),
        ({"kind": "temporary", "exists_from": date(2026, 8, 31)}, "E_LD_04"),
        ({"kind": "substitute", "absent_because": "leave"}, "E_LD_06"),
    ],
)
def test_a_post_that_may_not_be_dispatched_on_is_refused(opener, contract, post, code):
    with opener()() as books:
        classification.post(books, contract, **post)

    with pytest.raises(DispatchForbidden, match=code):
        placed(opener, contract)


@pytest.mark.parametrize(
    "post",
    [
        {},
        {"kind": "temporary", "exists_from": date(2026, 9, 1), "main_business": "yes"},
        {
            "kind": "substitute",
            "absent_employee": "E-17",
            "absent_because": "leave",
            "absent_until": ENDS,
        },
    ],
)
def test_a_post_in_order_and_one_nobody_described_are_let_pass(opener, contract, post):
    with opener()() as books:
        classification.post(books, contract, **post)

    order = placed(opener, contract)

    with opener()() as books:
        facts = facts_of(books, contract, books.get(WorkOrder, order.id))
    assert facts.post.kind == post.get("kind", "auxiliary")
    assert (facts.employees, facts.dispatched) == (None, None)
    placed(opener, contract, title="a post nobody described")


def test_an_extension_of_a_temporary_post_beyond_six_months_is_refused(opener, contract):
    with opener()() as books:
        classification.post(books, contract, kind="temporary", exists_from=date(2026, 10, 1))
        order = make.work_order(books, contract, ends_on=date(2027, 4, 1))

    with opener(actor="lin.buyer")() as books, pytest.raises(DispatchForbidden, match="E_LD_04"):
        change = Change("extend", make.AS_OF, "more to sort", ends_on=date(2027, 4, 2))
        propose_revision(books, books.get(WorkOrder, order.id), change)


def test_what_is_no_dispatch_is_not_counted(opener, contract):
    with opener()() as books:
        classification.headcount(books, 0)

    with pytest.raises(DispatchForbidden):
        placed(opener, contract)
    placed(opener, contract, mode="business_outsourcing")
    counted = replace(HOUR, most_e4=10_000)
    placed(opener, contract, form="statement_of_work", lines=[counted])


def test_nobody_employs_fewer_than_none(opener, contract):
    with opener(actor="lin.buyer")() as books, pytest.raises(BadHeadcount):
        ours = make.legal_entity(books)
        set_headcount(books, ours, contract.place, STARTS, (-1, "typing error"))
