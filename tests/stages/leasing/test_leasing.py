"""Orders that lease workers to us stay below the cap, off our main business, within tenure."""

from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.make import classification
from vendorops.domain.measure import price_e6
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.tables import Supplier, Worker, WorkOrder
from vendorops.working.dispatch import DispatchForbidden, facts_of
from vendorops.working.headcounts import BadHeadcount, set_headcount
from vendorops.working.ordering import LineWanted, Wanted, place_order
from vendorops.working.revising import Change, propose_revision
from vendorops.working.tenure import TenureReached, clocks, overdue

STARTS, ENDS = date(2026, 11, 1), date(2027, 3, 1)
HOUR = LineWanted("regular_hours", "time", "Sorting", price_e6("52.00"))


@pytest.fixture
def contract(opener):
    with opener()() as books:
        make.people(books)
        return make.contract(books)


@pytest.fixture
def german(opener):
    with opener()() as books:
        make.people(books)
        return make.contract(
            books, place="de", starts_on=date(2024, 1, 1), ends_on=date(2030, 1, 1)
        )


def person(books, contract, number):
    """Return one person of a supplier, who is the same person at another."""
    known = {"supplier_id": contract.supplier_id, "identifier_index": f"person {number}"}
    found = books.session.exec(select(Worker).filter_by(**known)).one_or_none()
    return found or make.worker(books, books.get(Supplier, contract.supplier_id), **known)


def placed(opener, contract, starts=STARTS, ends=ENDS, **changed):
    usual = {"form": "work_order", "title": "分拣 Sorting", "budget_minor": 5_000_000}
    with opener(actor="lin.buyer")() as books:
        wanted = Wanted(starts_on=starts, ends_on=ends, lines=[HOUR], **usual | changed)
        return place_order(books, contract, wanted)


def dispatched(opener, contract, count, **changed):
    with opener()() as books:
        return [
            make.work_order(
                books, contract, worker_id=person(books, contract, number).id, **changed
            )
            for number in range(count)
        ]


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
        later = {"starts_on": date(2027, 1, 1)}
        make.work_order(books, contract, worker_id=person(books, contract, 2).id, **later)
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
    placed(opener, contract, form="statement_of_work")


def test_nobody_employs_fewer_than_none(opener, contract):
    with opener(actor="lin.buyer")() as books, pytest.raises(BadHeadcount):
        ours = make.legal_entity(books)
        set_headcount(books, ours, contract.place, STARTS, (-1, "typing error"))


def served(opener, contract, starts, ends, *, number=1, status="closed"):
    with opener()() as books:
        worker = person(books, contract, number)
        days = {"starts_on": date.fromisoformat(starts), "ends_on": date.fromisoformat(ends)}
        make.work_order(books, contract, worker_id=worker.id, status=status, **days)
        return worker


def test_a_leased_worker_is_ordered_for_eighteen_months_and_not_a_day_more(opener, german):
    worker = served(opener, german, "2025-11-01", "2026-11-01")
    last = date(2027, 5, 1)

    with pytest.raises(TenureReached, match=r"E_TENURE_LIMIT.* 18 months with us on 2027-05-01"):
        placed(opener, german, ends=date(2027, 5, 2), worker_id=worker.id)
    placed(opener, german, ends=last, worker_id=worker.id)


def test_service_through_another_agency_counts_and_service_elsewhere_does_not(opener, german):
    served(opener, german, "2025-11-01", "2026-11-01")
    with opener()() as books:
        agency = make.contract(
            books, place="de", starts_on=date(2024, 1, 1), ends_on=date(2030, 1, 1)
        )
        elsewhere = make.contract(
            books,
            place="de",
            starts_on=date(2024, 1, 1),
            ends_on=date(2030, 1, 1),
            legal_entity_id=make.legal_entity(books, "XB").id,
        )
        same, there = person(books, agency, 1), person(books, elsewhere, 1)

    with pytest.raises(TenureReached):
        placed(opener, agency, ends=date(2027, 5, 2), worker_id=same.id)
    placed(opener, elsewhere, ends=date(2027, 5, 2), worker_id=there.id)


def test_an_extension_past_the_limit_is_refused_and_its_own_days_count_once(opener, german):
    worker = served(opener, german, "2025-11-01", "2027-04-01", status="active")
    with opener()() as books:
        (order,) = [make.only(books, WorkOrder, worker_id=worker.id)]
    for ends, refused in ((date(2027, 5, 1), False), (date(2027, 5, 2), True)):
        change = Change("extend", make.AS_OF, "still needed", ends_on=ends)
        try:
            with opener(actor="lin.buyer")() as books:
                propose_revision(books, books.get(WorkOrder, order.id), change)
                books.session.rollback()
            assert not refused
        except TenureReached:
            assert refused


def test_a_break_of_more_than_three_months_begins_service_anew(opener, german):
    worker = served(opener, german, "2025-01-31", "2026-07-31")

    with pytest.raises(TenureReached):
        placed(opener, german, date(2026, 10, 31), date(2026, 11, 1), worker_id=worker.id)
    placed(opener, german, date(2026, 11, 1), date(2028, 5, 1), worker_id=worker.id)


def test_only_a_place_with_a_clock_limits_service(opener, contract):
    worker = served(opener, contract, "2026-10-01", "2026-11-01")

    placed(opener, contract, ends=date(2027, 10, 1), worker_id=worker.id)


def test_clocks_tell_days_used_limits_and_who_is_ordered_past_them(opener, german):
    soon = served(opener, german, "2025-06-01", "2026-11-15", status="active")
    fresh = served(opener, german, "2026-10-01", "2027-01-01", number=2, status="active")
    served(opener, german, "2024-01-01", "2024-03-01", number=3)

    with opener()() as books:
        first, second = clocks(books)
        assert overdue(books) == []

    assert (first.worker.id, second.worker.id) == (soon.id, fresh.id)
    assert first.tenure.days == (make.AS_OF - date(2025, 6, 1)).days
    assert (first.tenure.limit_on, first.over) == (date(2026, 12, 1), False)
    assert second.tenure.equal_pay_on == date(2027, 7, 1)


@pytest.mark.breaks("S63")
def test_a_worker_leased_too_long_is_found(opener, german):
    worker = served(opener, german, "2025-01-01", "2026-11-01", status="active")

    with opener()() as books:
        assert overdue(books) == [worker.reference]
        assert [clock.over for clock in clocks(books)] == [True]


def test_what_is_refused_leaves_nothing(opener, german):
    worker = served(opener, german, "2025-11-01", "2026-11-01")

    with pytest.raises(Refused):
        placed(opener, german, ends=date(2028, 1, 1), worker_id=worker.id)

    with opener()() as books:
        assert make.only(books, WorkOrder, worker_id=worker.id).status == "closed"
