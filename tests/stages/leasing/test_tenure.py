"""Nobody is leased to us for longer than the law of the place allows."""

from datetime import date

import pytest

from tests import make
from tests.stages.leasing.orders import person, placed, served
from vendorops.domain.refusal import Refused
from vendorops.tables import WorkOrder
from vendorops.working.revising import Change, propose_revision
from vendorops.working.tenure import TenureReached, clocks, overdue


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
