"""Figures of suppliers from rows, against hours counted by hand."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests import make
from tests.make.searches import at, filled, met, proposed, released, wanted
from tests.soundness import broken
from vendorops.domain.attribution import HOUR
from vendorops.domain.periods import Period
from vendorops.tables import Supplier
from vendorops.working.measuring import figures_of, kept, read_back

NOVEMBER = Period.month("2026-11")
LATER = date(2027, 6, 1)
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def books(opener):
    with opener(as_of=LATER)() as found:
        make.people(found)
        yield found
        assert broken(found) == []


@pytest.fixture
def contract(books):
    return make.contract(books)


def figures(books, contract, mode="calendar", period=NOVEMBER):
    return figures_of(books, books.get(Supplier, contract.supplier_id), period)[mode]


def hours(value):
    return {side: Fraction(ticks, HOUR) for side, ticks in value.sides.items()}


def test_every_hour_from_release_to_acceptance_is_somebodys(books, contract):
    filled(books, contract)

    found = figures(books, contract)

    # Asked on the 2nd at 4: a day until the candidate, 6 hours to confirm, 10 to accept.
    assert hours(found["time_to_fill"]) == {"supplier": 40, "buyer": 139, "program": 0}
    assert found["time_to_fill"].exact == 40
    assert sum(hours(found["time_to_fill"]).values()) == (at(9, 15) - at(2, 4)) / AN_HOUR
    assert found["time_to_submit"].exact == 24
    assert hours(found["time_to_interview"]) == {"supplier": 30, "buyer": 66, "program": 0}
    assert found["time_to_offer"].exact == 30


def test_working_hours_are_those_of_the_companys_seat(books, contract):
    filled(books, contract)

    found = figures(books, contract, "working")

    # In UTC, 9 to 18: of the 2nd from 9 to 18, of the 3rd nothing before 4.
    assert found["time_to_submit"].exact == 9
    # And 9 to 10 on the 5th, 9 to 15 on the 9th.
    assert found["time_to_fill"].exact == 9 + 1 + 6


def test_candidates_who_wait_or_are_anothers_are_not_counted_against_the_supplier(books, contract):
    row = released(books, wanted(books), contract)
    rejected = {"ended_at": at(10), "ended_by": "lin.buyer", "status": "rejected"}
    candidate = proposed(books, row, shortlisted_at=at(4), interviewing_at=at(5, 4), **rejected)
    met(books, candidate)
    proposed(books, row, submitted_at=at(3, 5), **rejected)
    proposed(books, row)
    duplicate = {"ended_at": at(3, 4), "duplicate_of_id": candidate.id, "status": "duplicate"}
    proposed(books, row, **duplicate)

    assert figures(books, contract)["submit_to_interview"].exact == Fraction(1, 2)


def test_rejected_when_the_search_was_over_tells_nothing_of_a_candidate(books, contract):
    row = released(books, wanted(books, ended_at=at(10), status="closed"), contract)
    proposed(books, row, ended_at=at(10), ended_by="lin.buyer", status="rejected")

    found = figures(books, contract)

    assert "submit_to_interview" not in found
    assert found["fill_rate"].exact == 0


def test_a_search_the_buyer_cancelled_asked_for_nobody(books, contract):
    released(books, wanted(books, ended_at=at(10), status="cancelled"), contract)

    assert "fill_rate" not in figures(books, contract)


def test_who_accepted_and_was_never_ordered_did_not_start(books, contract):
    filled(books, contract)

    assert figures(books, contract)["offer_to_start"].exact == 0


def test_who_started_and_stayed_is_retained_until_the_order_is_ended_early(books, contract):
    supplier = books.get(Supplier, contract.supplier_id)
    first, last = date(2026, 11, 23), date(2027, 11, 23)
    for number, left in enumerate((None, date(2027, 1, 20)), start=1):
        who = make.worker(books, supplier, identifier_index=f"no number {number}")
        order = make.work_order(books, contract, worker_id=who.id, starts_on=first, ends_on=last)
        if left:
            order.ends_on = left
            make.reach(books, order, "terminated")

    found = figures(books, contract)

    assert found["retention_30"].exact == 1
    assert found["retention_90"].exact == Fraction(1, 2)


def test_sheets_count_once_and_a_second_try_is_no_first(books, contract):
    for status in ("rejected", "accepted", "accepted", "partly_accepted"):
        make.service_sheet(books, contract, [], status=status)

    june = Period.month("2027-06")
    found = figures(books, contract, period=june)["acceptance_first_time"]

    assert (found.total, found.count) == (1, 3)


def test_a_claim_line_is_right_the_first_time_unless_something_of_it_was_disputed(books, contract):
    supplier = books.get(Supplier, contract.supplier_id)
    sheet = make.service_sheet(books, contract, [make.done(claimed="40") for _ in range(3)])
    work = make.items_of(books, sheet)
    invoice = make.invoice(books, contract, [make.claimed(one) for one in work], status="accepted")
    first = make.reconciliation(books, supplier, status="superseded")
    right, tolerated, disputed = make.lines_of(books, invoice)
    make.allocation(books, first, right, work[0])
    make.allocation(books, first, tolerated, work[1], amount_minor=tolerated.net_minor - 1)
    make.difference(books, first, tolerated, amount_minor=1, treatment="tolerated")
    whole = disputed.net_minor
    make.difference(books, first, disputed, amount_minor=whole, reason="no_such_work")
    again = make.reconciliation(books, supplier, version=2)
    for line, one in zip((right, tolerated, disputed), work, strict=True):
        make.allocation(books, again, line, one)

    found = figures(books, contract)["claims_first_time"]

    assert (found.total, found.count) == (2, 3)


def test_figures_are_read_back_as_they_were_kept(books, contract):
    filled(books, contract)
    found = figures_of(books, books.get(Supplier, contract.supplier_id), NOVEMBER)

    assert read_back(kept(found)) == found
